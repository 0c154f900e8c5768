package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Precision;

/**
 * A tensor to be trained.
 *
 * @param name unique in the model
 * @param value a leaf that requires a gradient; owned by the model
 * @param rateScale factor of the learning rate, &gt; 0
 * @param decays whether weight decay, penalty or projection applies to it
 * @param fromZero whether what was pre-trained is zero, as for the tensors of an adapter: but for a prefix, at zero the model is the pre-trained one
 * @param precision of the numbers that its values are, and with which steps are taken, in arrays of float32
 */
public record Target(
        String name, NDArray value, double rateScale, boolean decays, boolean fromZero, Precision precision) {

    public Target {
        if (!(rateScale > 0 && rateScale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "rate scale of " + name + " must be finite and > 0, got " + rateScale + "; 1 keeps the rate");
        }
    }

    /** A tensor with pre-trained values. */
    public Target(String name, NDArray value, double rateScale, boolean decays) {
        this(name, value, rateScale, decays, false, Precision.FLOAT32);
    }

    /** A tensor of an adapter, which learns at the common rate and is pulled to zero. */
    public static Target fromZero(String name, NDArray value) {
        return new Target(name, value, 1, true, true, Precision.FLOAT32);
    }

    /** A tensor that learns at the common rate and decays. */
    public static Target of(String name, NDArray value) {
        return new Target(name, value, 1, true);
    }

    /** This tensor with numbers of another precision, to which its values were rounded. */
    public Target in(Precision other) {
        return new Target(name, value, rateScale, decays, fromZero, other);
    }

    /** Rounds its values to its numbers, after a change that is no step. */
    public void round() {
        Autograd.withoutRecording(() -> {
            precision.round(value);
            return null;
        });
    }

    /** All tensors by name, each as {@link #of}. */
    public static List<Target> all(Map<String, NDArray> values) {
        return all(values, Target::of);
    }

    /** All tensors of an adapter by name, each as {@link #fromZero}. */
    public static List<Target> allFromZero(Map<String, NDArray> values) {
        return all(values, Target::fromZero);
    }

    private static List<Target> all(Map<String, NDArray> values, BiFunction<String, NDArray, Target> target) {
        return values.entrySet().stream()
                .map(entry -> target.apply(entry.getKey(), entry.getValue()))
                .toList();
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.spdbook.torch.Ops;

/** A non-linear function of each element, by its name in a {@code config.json}. */
public enum Activation {
    /** {@code x Phi(x)}, exact. */
    GELU("gelu", Ops::gelu),
    /** GELU with the tanh approximation. */
    GELU_TANH("gelu_pytorch_tanh", Ops::geluTanh),
    /** {@code x sigmoid(1.702 x)}, OpenAI's CLIP. */
    QUICK_GELU("quick_gelu", Ops::quickGelu),
    /** {@code x sigmoid(x)}, LLaMA. */
    SILU("silu", Ops::silu),
    /** {@code max(x, 0)}. */
    RELU("relu", Ops::relu),
    /** Hyperbolic tangent. */
    TANH("tanh", NDArray::tanh);

    private final String word;
    private final UnaryOperator<NDArray> function;

    Activation(String word, UnaryOperator<NDArray> function) {
        this.word = word;
        this.function = function;
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if it is not known
     */
    public static Activation of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("activation " + word + " is not known; choose one of "
                        + Arrays.stream(values()).map(one -> one.word).toList()));
    }

    /** Its name in a {@code config.json}. */
    public String word() {
        return word;
    }

    /** The function of each element; shape kept. */
    public NDArray forward(NDArray x) {
        return function.apply(x);
    }
}

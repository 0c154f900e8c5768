package org.spdbook.peft.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.Parameters;
import org.spdbook.peft.LoraConfig;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/** The two factors of one weight: {@code W + (alpha / rank) B A}. Their arrays belong to the parameters they were added to. */
final class LoraLayer {

    private final Parameter weight;
    private final Parameter a;
    private final Parameter b;
    private final double scale;
    private @Nullable NDArray original;

    /**
     * Adds factors: A [rank, in] uniform in +-1 / sqrt(in), which is Kaiming's with a = sqrt 5; B [out, rank] zero.
     *
     * @param seed gives A together with the name, whatever other layers there are
     */
    LoraLayer(String name, Parameter weight, LoraConfig config, Parameters factors, NDManager manager, long seed) {
        this.weight = weight;
        this.scale = config.scale(name);
        NDArray w = weight.getArray();
        long in = w.getShape().get(1);
        var random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ name.hashCode());
        double bound = 1 / Math.sqrt((double) in);
        double[] values =
                random.doubles(config.of(name).rank() * in, -bound, bound).toArray();
        NDArray first = manager.create(values, new Shape(config.of(name).rank(), in));
        if (w.getDataType() != DataType.FLOAT64) {
            NDArray doubles = first;
            first = doubles.toType(w.getDataType(), true);
            doubles.close();
        }
        this.a = parameter(factors.add(name + ".lora_A.weight", first));
        this.b = parameter(factors.add(
                name + ".lora_B.weight",
                manager.zeros(new Shape(w.getShape().get(0), config.of(name).rank()), w.getDataType())));
    }

    private static Parameter parameter(NDArray array) {
        return Parameter.builder()
                .setName(array.getName())
                .setType(Parameter.Type.WEIGHT)
                .optShape(array.getShape())
                .optArray(array)
                .build();
    }

    Parameter weight() {
        return weight;
    }

    Parameter a() {
        return a;
    }

    Parameter b() {
        return b;
    }

    /** The weight with the product added; belongs to a manager and to the current scope. */
    NDArray adapted(NDArray factorA, NDArray factorB, NDManager manager) {
        NDArray adapted = Ops.plusProduct(weight.getArray(), factorB, factorA, scale);
        adapted.attach(manager);
        return adapted;
    }

    /** Writes the product into the weight and keeps a copy of what was there, owned by a manager. */
    void merge(NDManager owner) {
        NDArray w = weight.getArray();
        Autograd.withoutRecording(() -> {
            NDArray copy = w.duplicate();
            copy.attach(owner);
            original = Scope.keep(copy);
            Scope.run(() -> Ops.copy(w, adapted(a.getArray(), b.getArray(), owner)));
            return null;
        });
    }

    /** Writes the copy back; nothing happens where the weight is gone or was not merged. */
    void unmerge() {
        NDArray copy = original;
        if (copy == null) {
            return;
        }
        original = null;
        if (weight.isInitialized() && !weight.getArray().isReleased()) {
            Autograd.withoutRecording(() -> {
                Ops.copy(weight.getArray(), copy);
                return null;
            });
        }
        copy.close();
    }
}

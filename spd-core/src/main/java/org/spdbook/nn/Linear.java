package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.Ops;

/** {@code y = x W^T + b}. */
public final class Linear extends Module {

    private final NDArray weight;
    private final @Nullable NDArray bias;

    /**
     * A layer without a name, around which no adapter can be put.
     *
     * @param weight [out, in]
     * @param bias [out], or null for none
     */
    public Linear(NDArray weight, @Nullable NDArray bias) {
        super(weight.getShape().get(1), weight.getShape().get(0));
        this.weight = weight;
        this.bias = bias;
    }

    /** Reads {@code prefix.weight} and {@code prefix.bias}. */
    public static Linear of(Parameters parameters, String prefix) {
        return parameters.register(
                prefix, new Linear(parameters.get(prefix + ".weight"), parameters.get(prefix + ".bias")));
    }

    /** Reads {@code prefix.weight}; no bias. */
    public static Linear withoutBias(Parameters parameters, String prefix) {
        return parameters.register(prefix, new Linear(parameters.get(prefix + ".weight"), null));
    }

    /** [out, in]. */
    public NDArray weight() {
        return weight;
    }

    /** [out], or null for none. */
    public @Nullable NDArray bias() {
        return bias;
    }

    @Override
    protected NDArray plain(NDArray x) {
        return Ops.linear(x, weight, bias);
    }
}

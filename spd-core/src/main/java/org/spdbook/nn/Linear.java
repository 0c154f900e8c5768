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

    /** Reads {@code prefix.weight} and {@code prefix.bias}; the second time it is the same layer, with its adapter. */
    public static Linear of(Parameters parameters, String prefix) {
        return of(parameters, prefix, parameters.get(prefix + ".bias"));
    }

    /** As {@link #of}, without a bias. */
    public static Linear withoutBias(Parameters parameters, String prefix) {
        return of(parameters, prefix, null);
    }

    @SuppressWarnings("ReferenceEquality") // the very arrays
    private static Linear of(Parameters parameters, String prefix, @Nullable NDArray bias) {
        NDArray weight = parameters.get(prefix + ".weight");
        return parameters.modules().get(prefix) instanceof Linear known && known.weight == weight && known.bias == bias
                ? known
                : parameters.register(prefix, new Linear(weight, bias));
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

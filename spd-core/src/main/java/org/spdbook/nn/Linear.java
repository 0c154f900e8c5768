package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.Ops;

/**
 * {@code y = x W^T + b}.
 *
 * @param weight [out, in]
 * @param bias [out], or null for none
 */
public record Linear(NDArray weight, @Nullable NDArray bias) {

    /** Reads {@code prefix.weight} and {@code prefix.bias}. */
    public static Linear of(Parameters parameters, String prefix) {
        return new Linear(parameters.get(prefix + ".weight"), parameters.get(prefix + ".bias"));
    }

    /** Reads {@code prefix.weight}; no bias. */
    public static Linear withoutBias(Parameters parameters, String prefix) {
        return new Linear(parameters.get(prefix + ".weight"), null);
    }

    /** x: [.., in]; result [.., out]. */
    public NDArray forward(NDArray x) {
        return Ops.linear(x, weight, bias);
    }
}

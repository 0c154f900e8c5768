package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import org.spdbook.torch.Ops;

/**
 * Layer normalisation over the last axis.
 *
 * @param weight [width]
 * @param bias [width]
 * @param eps added to the variance
 */
public record LayerNorm(NDArray weight, NDArray bias, double eps) {

    /** PyTorch's default eps. */
    public static final double DEFAULT_EPS = 1e-5;

    /** Reads {@code prefix.weight} and {@code prefix.bias}; eps 1e-5. */
    public static LayerNorm of(Parameters parameters, String prefix) {
        return of(parameters, prefix, DEFAULT_EPS);
    }

    /** As {@link #of(Parameters, String)} with another eps. */
    public static LayerNorm of(Parameters parameters, String prefix, double eps) {
        return new LayerNorm(parameters.get(prefix + ".weight"), parameters.get(prefix + ".bias"), eps);
    }

    /** x: [.., width]; same shape. */
    public NDArray forward(NDArray x) {
        return Ops.layerNorm(x, weight, bias, eps);
    }
}

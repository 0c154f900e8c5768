package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import org.spdbook.torch.Ops;

/**
 * Root-mean-square normalisation over the last axis: {@code x / sqrt(mean(x^2) + eps) * w}. Zhang, Sennrich, <i>Root mean square layer
 * normalization</i>, NeurIPS 2019.
 *
 * @param weight [width]
 * @param eps added to the mean square
 */
public record RmsNorm(NDArray weight, double eps) {

    /** Reads {@code prefix.weight}. */
    public static RmsNorm of(Parameters parameters, String prefix, double eps) {
        return new RmsNorm(parameters.get(prefix + ".weight"), eps);
    }

    /** x: [.., width]; same shape, float32. */
    public NDArray forward(NDArray x) {
        return Ops.rmsNorm(x, weight, eps);
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import org.spdbook.torch.Ops;

/**
 * Root-mean-square normalisation over the last axis: {@code x / sqrt(mean(x^2) + eps) * w}. Zhang, Sennrich, <i>Root mean square layer
 * normalization</i>, NeurIPS 2019.
 *
 * @param weight [width]
 * @param eps added to the mean square
 * @param offset added to the weight: 0, or 1 as in Gemma, whose weights begin at 0
 */
public record RmsNorm(NDArray weight, double eps, double offset) {

    /**
     * Reads {@code prefix.weight}.
     *
     * @param offset added to the weight
     */
    public static RmsNorm of(Parameters parameters, String prefix, double eps, double offset) {
        return new RmsNorm(parameters.get(prefix + ".weight"), eps, offset);
    }

    /** x: [.., width]; same shape, float32. */
    public NDArray forward(NDArray x) {
        return Ops.rmsNorm(x, factors(), eps);
    }

    /** What normalised values are multiplied by, [width]. */
    NDArray factors() {
        return offset == 0 ? weight : Ops.full(weight).add(offset);
    }
}

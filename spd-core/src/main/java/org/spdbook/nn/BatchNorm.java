package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import org.spdbook.torch.Ops;

/**
 * Batch normalisation of the channels of images, eps 1e-5.
 *
 * @param weight [channels]
 * @param bias [channels]
 * @param mean running mean, [channels]; moved in training
 * @param variance running variance, [channels]; moved in training
 */
public record BatchNorm(NDArray weight, NDArray bias, NDArray mean, NDArray variance) {

    /** Reads {@code prefix.weight} and {@code prefix.bias}, and the buffers {@code prefix.running_mean} and {@code prefix.running_var}. */
    public static BatchNorm of(Parameters parameters, String prefix) {
        return new BatchNorm(
                parameters.get(prefix + ".weight"),
                parameters.get(prefix + ".bias"),
                parameters.buffer(prefix + ".running_mean"),
                parameters.buffer(prefix + ".running_var"));
    }

    /**
     * x: [n, channels, h, w]; same shape.
     *
     * @param training by the batch, whose mean and variance move the running ones by a tenth; otherwise by the running ones
     */
    public NDArray forward(NDArray x, boolean training) {
        return Ops.batchNorm(x, weight, bias, mean, variance, training);
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import org.spdbook.torch.AttentionOps;

/**
 * Multi-head self-attention with one stacked projection for queries, keys and values.
 *
 * @param qkv to 3 * width, in this order
 * @param output back to width
 * @param heads divides the width
 */
public record StackedSelfAttention(Linear qkv, Linear output, int heads) {

    /** x: [n, tokens, width]; same shape. Every token attends to every token. */
    public NDArray forward(NDArray x) {
        return output.forward(AttentionOps.selfAttention(qkv.forward(x), heads));
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import org.spdbook.torch.AttentionOps;

/**
 * Multi-head self-attention with a projection each for queries, keys and values.
 *
 * @param query width to width
 * @param key width to width
 * @param value width to width
 * @param output width to width
 * @param heads divides the width
 * @param causal whether each token sees itself and earlier ones only
 */
public record SelfAttention(Linear query, Linear key, Linear value, Linear output, int heads, boolean causal) {

    /** x: [n, tokens, width]; same shape. */
    public NDArray forward(NDArray x) {
        return output.forward(
                AttentionOps.multiHeadAttention(query.forward(x), key.forward(x), value.forward(x), heads, causal));
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.AttentionOps;

/**
 * Causal self-attention with rotary position embeddings (Su et al., <i>RoFormer</i>, 2021), whose heads may share keys and values in
 * groups (Ainslie et al., <i>GQA</i>, EMNLP 2023). As in LLaMA.
 *
 * @param query width to heads * headDim
 * @param key width to groups * headDim
 * @param value width to groups * headDim
 * @param output heads * headDim to width
 * @param heads of the queries
 * @param groups heads of keys and values; divides the heads
 */
public record RotaryAttention(Linear query, Linear key, Linear value, Linear output, int heads, int groups) {

    /**
     * Reads {@code prefix.q_proj}, {@code k_proj}, {@code v_proj} and {@code o_proj}, without biases.
     *
     * @param heads of the queries
     * @param groups heads of keys and values
     */
    public static RotaryAttention of(Parameters parameters, String prefix, int heads, int groups) {
        return new RotaryAttention(
                Linear.withoutBias(parameters, prefix + ".q_proj"),
                Linear.withoutBias(parameters, prefix + ".k_proj"),
                Linear.withoutBias(parameters, prefix + ".v_proj"),
                Linear.withoutBias(parameters, prefix + ".o_proj"),
                heads,
                groups);
    }

    /**
     * What is the same for all layers.
     *
     * @param rotation of {@link AttentionOps#rotation}
     * @param mask of {@link AttentionOps#causalMask}; null for sequences without padding or past
     * @param cache of earlier tokens, to which those of now are added; null for none
     */
    public record Context(
            NDList rotation,
            @Nullable NDArray mask,
            @Nullable KeyValueCache cache) {

        NDList past(int layer, NDList prefix) {
            return cache == null || cache.of(layer).isEmpty() ? prefix : cache.of(layer);
        }
    }

    /**
     * Mixes tokens.
     *
     * @param x [n, tokens, width]
     * @param layer from 0, for the cache
     * @param prefix keys and values put before those of all tokens when nothing is cached yet, [1, groups, length, headDim] each; or empty
     * @return same shape
     */
    public NDArray forward(NDArray x, Context context, int layer, NDList prefix) {
        KeyValueCache cache = context.cache();
        NDList mixed = AttentionOps.rotaryAttention(
                query.forward(x),
                key.forward(x),
                value.forward(x),
                context.rotation(),
                heads,
                groups,
                context.past(layer, prefix),
                context.mask());
        if (cache != null) {
            cache.put(layer, mixed.get(1), mixed.get(2));
        }
        return output.forward(mixed.get(0));
    }
}

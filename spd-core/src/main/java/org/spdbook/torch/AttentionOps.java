package org.spdbook.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.jspecify.annotations.Nullable;

/**
 * Attention, who sees whom, and rotary positions, by the archive of {@link Ops}. They take part in autograd unless it is said; results belong to the
 * manager of the first argument and to the current {@link Scope}.
 */
public final class AttentionOps {

    private AttentionOps() {}

    /**
     * Scaled dot-product attention. q, k, v: [n, heads, tokens, headDim].
     *
     * @param mask added to the scores, or boolean (true = attend); null for none
     * @param causal each token sees itself and earlier ones; not together with a mask
     */
    public static NDArray attention(NDArray q, NDArray k, NDArray v, @Nullable NDArray mask, boolean causal) {
        return Ops.SCRIPT.tensor(q.getManager(), "attention", q, k, v, mask, causal);
    }

    /** Multi-head self-attention from stacked projections. qkv: [n, tokens, 3 * width], thirds q, k, v; result [n, tokens, width]. */
    public static NDArray selfAttention(NDArray qkv, int heads) {
        return Ops.SCRIPT.tensor(qkv.getManager(), "self_attention", qkv, heads);
    }

    /** Multi-head attention. q, k, v: [n, tokens, width]; causal: each token sees itself and earlier ones. Result as q. */
    public static NDArray multiHeadAttention(NDArray q, NDArray k, NDArray v, int heads, boolean causal) {
        return Ops.SCRIPT.tensor(q.getManager(), "multi_head_attention", q, k, v, heads, causal);
    }

    /**
     * Cosines and sines by which rotary position embeddings turn queries and keys.
     *
     * @param positions of the tokens, [n, tokens], int64; n may be 1 for all sequences
     * @param frequencies of the pairs of values, [headDim / 2]
     * @return cosines, and sines of which those of the first values have the other sign; [n, 1, tokens, headDim] each
     */
    public static NDList rotation(NDArray positions, NDArray frequencies) {
        return Ops.SCRIPT.tensors(positions.getManager(), "rotation", positions, frequencies);
    }

    /**
     * Where the last tokens of sequences may look: at themselves and at earlier ones that are attended to.
     *
     * @param attended [n, all tokens], 0 for padding, int64
     * @param tokens how many of them, at the end, look
     * @return [n, 1, tokens, all tokens], boolean
     */
    public static NDArray causalMask(NDArray attended, long tokens) {
        return Ops.SCRIPT.tensor(attended.getManager(), "causal_mask", attended, tokens);
    }

    /**
     * Where tokens may look that are a prefix and a suffix: those of the prefix at all of it, those of the suffix at the prefix, at themselves and at
     * earlier ones.
     *
     * @param types 0 in the prefix, else 1, [n, tokens], int64
     * @param attended 0 for padding, at which none looks, [n, tokens], int64; null if there is none
     * @return [n, 1, tokens, tokens], boolean
     */
    public static NDArray prefixMask(NDArray types, @Nullable NDArray attended) {
        return Ops.SCRIPT.tensor(types.getManager(), "prefix_mask", types, attended);
    }

    /**
     * Two of the parts of a table [length, parts * groups * headDim] that lie side by side, [1, groups, length, headDim] each.
     *
     * @param first number of the first of them
     */
    public static NDList prefix(NDArray table, long first, long parts, int groups) {
        return Ops.SCRIPT.tensors(table.getManager(), "prefix", table, first, parts, groups);
    }

    /**
     * Multi-head attention with rotary position embeddings, whose pairs lie half a head apart. q: [n, tokens, heads * headDim], k and v: [n, tokens,
     * groups * headDim].
     *
     * @param rotation of {@link #rotation}
     * @param groups heads of keys and values; divides the heads
     * @param past keys and values of earlier tokens, turned already, [n or 1, groups, earlier, headDim] each; or empty
     * @param mask as {@link #causalMask} makes it; null: each token sees itself and earlier ones, which must not be used with several tokens after a past
     * @return output [n, tokens, heads * headDim], and keys and values of all tokens
     */
    public static NDList rotaryAttention(
            NDArray q,
            NDArray k,
            NDArray v,
            NDList rotation,
            int heads,
            int groups,
            NDList past,
            @Nullable NDArray mask) {
        return Ops.SCRIPT.tensors(
                q.getManager(),
                "rotary_attention",
                q,
                k,
                v,
                rotation.get(0),
                rotation.get(1),
                heads,
                groups,
                past,
                mask);
    }

    /**
     * A layer of LLaMA or Gemma in one call, which saves the time between the calls of its parts: where texts are written token by token, that is a part of
     * it. Not for backward, and in float32 only.
     *
     * @param x [n, tokens, width]
     * @param weights normalisation, projections to queries, keys and values, and back; normalisation, gate, up and down
     * @param gelu whether the gate is {@link Ops#geluTanh} and not {@link Ops#silu}
     * @param heads those of the queries, and those of keys and values
     * @return output, as x, and keys and values of all tokens
     */
    public static NDList rotaryBlock(
            NDArray x,
            NDList weights,
            double eps,
            boolean gelu,
            NDList rotation,
            int[] heads,
            NDList past,
            @Nullable NDArray mask) {
        return Ops.SCRIPT.tensors(
                x.getManager(),
                "rotary_block",
                x,
                weights,
                eps,
                gelu,
                rotation.get(0),
                rotation.get(1),
                heads[0],
                heads[1],
                past,
                mask);
    }

    /**
     * Attention inside windows with a learned bias for each relative position, as in Swin. q, k, v: [n * windows, tokens, width];
     * result as q.
     *
     * @param table [positions, heads]
     * @param index row of the table for each pair of tokens, [tokens * tokens], int64
     * @param regions [windows, tokens]: tokens of different numbers do not attend to each other; null for none
     */
    public static NDArray windowAttention(
            NDArray q, NDArray k, NDArray v, int heads, NDArray table, NDArray index, @Nullable NDArray regions) {
        return Ops.SCRIPT.tensor(q.getManager(), "window_attention", q, k, v, heads, table, index, regions);
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.spdbook.torch.Recomputation;
import org.spdbook.torch.Scope;

/**
 * A pre-norm transformer block: {@code x + attention(norm1(x))}, then {@code x + mlp(norm2(x))}. What it computes on the way
 * is freed when it returns, and where {@linkplain Recomputation blocks are recomputed} not kept for backward either.
 *
 * @param norm1 before attention
 * @param attention mixes tokens, [n, tokens, width] to the same shape
 * @param norm2 before the MLP
 * @param mlp works on each token
 */
public record TransformerBlock(LayerNorm norm1, UnaryOperator<NDArray> attention, LayerNorm norm2, Mlp mlp) {

    /** x: [n, tokens, width]; same shape. */
    public NDArray forward(NDArray x) {
        return Recomputation.block(x, this::computed);
    }

    private NDArray computed(NDArray x) {
        return Scope.of(() -> {
            NDArray mixed = x.add(attention.apply(norm1.forward(x)));
            return mixed.add(mlp.forward(norm2.forward(mixed)));
        });
    }
}

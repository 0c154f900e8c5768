package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.UnaryOperator;
import org.spdbook.torch.Ops;
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
public record TransformerBlock(
        LayerNorm norm1, UnaryOperator<NDArray> attention, LayerNorm norm2, UnaryOperator<NDArray> mlp) {

    /** x: [n, tokens, width]; same shape. */
    public NDArray forward(NDArray x) {
        return forward(x, 0);
    }

    /**
     * As {@link #forward(NDArray)}, in training.
     *
     * @param dropPath share of the examples that the block leaves as they are, each of its halves by itself, in [0, 1)
     */
    public NDArray forward(NDArray x, double dropPath) {
        NDList paths = dropPath > 0 ? new NDList(Ops.keptPaths(x, dropPath), Ops.keptPaths(x, dropPath)) : new NDList();
        return Recomputation.block(x, paths, input -> computed(input, paths));
    }

    private NDArray computed(NDArray x, NDList paths) {
        return Scope.of(() -> {
            NDArray mixed = x.add(dropped(attention.apply(norm1.forward(x)), paths, 0));
            return mixed.add(dropped(mlp.apply(norm2.forward(mixed)), paths, 1));
        });
    }

    private static NDArray dropped(NDArray x, NDList paths, int half) {
        return paths.isEmpty() ? x : x.mul(paths.get(half));
    }
}

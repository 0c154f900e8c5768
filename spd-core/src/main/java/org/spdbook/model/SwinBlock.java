package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.LayerNorm;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Mlp;
import org.spdbook.torch.AttentionOps;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Recomputation;
import org.spdbook.torch.Scope;

/**
 * A Swin block (Liu et al., <i>Swin Transformer</i>, ICCV 2021): attention inside windows, with or without a shift of the grid by half a window.
 *
 * @param norm1 before attention
 * @param query width to width
 * @param key width to width
 * @param value width to width
 * @param output width to width
 * @param table bias for each relative position in a window, [(2 window - 1)^2, heads]
 * @param positions row of the table for each pair of tokens, as {@link #relativePositions} counts them; int64
 * @param norm2 before the MLP
 * @param mlp works on each token
 * @param heads divides the width
 * @param shifted whether the grid is shifted
 * @param dropPath share of the examples that the block leaves as they are in training, each of its halves by itself
 * @param afterAttention an adapter, or what changes nothing
 * @param afterMlp the same
 */
record SwinBlock(
        LayerNorm norm1,
        Linear query,
        Linear key,
        Linear value,
        Linear output,
        NDArray table,
        NDArray positions,
        LayerNorm norm2,
        Mlp mlp,
        int heads,
        boolean shifted,
        double dropPath,
        UnaryOperator<NDArray> afterAttention,
        UnaryOperator<NDArray> afterMlp) {

    /** x: [n, height, width, channels]; same shape. */
    NDArray forward(NDArray x, boolean training) {
        NDList paths = training && dropPath > 0
                ? new NDList(Ops.keptPaths(x, dropPath), Ops.keptPaths(x, dropPath))
                : new NDList();
        return Recomputation.block(x, paths, input -> computed(input, paths));
    }

    private NDArray computed(NDArray x, NDList paths) {
        return Scope.of(() -> {
            NDArray mixed = x.add(dropped(afterAttention.apply(attention(norm1.forward(x))), paths, 0));
            return mixed.add(dropped(afterMlp.apply(mlp.forward(norm2.forward(mixed))), paths, 1));
        });
    }

    private static NDArray dropped(NDArray x, NDList paths, int half) {
        return paths.isEmpty() ? x : x.mul(paths.get(half));
    }

    /** Side of a window, which the number of relative positions tells. */
    private int window() {
        return ((int) Math.round(Math.sqrt((double) table.getShape().get(0))) + 1) / 2;
    }

    private NDArray attention(NDArray x) {
        int window = window();
        long height = x.getShape().get(1);
        long width = x.getShape().get(2);
        long padded = multiple(height, window);
        long paddedWidth = multiple(width, window);
        int shift =
                shifted && Math.min(height, width) > window ? window / 2 : 0; // one window has nothing to be shifted to
        boolean whole = padded == height && paddedWidth == width;
        NDArray grid = whole ? x : Ops.padGrid(x, padded - height, paddedWidth - width);
        NDArray windows = Ops.toWindows(grid, window, shift);
        NDArray mixed = output.forward(AttentionOps.windowAttention(
                query.forward(windows),
                key.forward(windows),
                value.forward(windows),
                heads,
                table,
                positions,
                regions(x.getManager(), padded, paddedWidth, window, shift)));
        NDArray back = Ops.fromWindows(mixed, padded, paddedWidth, window, shift);
        return whole ? back : back.get(":, 0:" + height + ", 0:" + width);
    }

    private static long multiple(long length, int window) {
        return (length + window - 1) / window * window;
    }

    /** Row of the table for each pair of tokens of a window: rows apart times columns of the table, plus columns apart. */
    static long[] relativePositions(int window) {
        int tokens = window * window;
        long[] index = new long[tokens * tokens];
        for (int a = 0; a < tokens; a++) {
            for (int b = 0; b < tokens; b++) {
                int down = a / window - b / window + window - 1;
                int right = a % window - b % window + window - 1;
                index[a * tokens + b] = (long) down * (2 * window - 1) + right;
            }
        }
        return index;
    }

    /** For each window, for each of its tokens, the part of the image that it comes from: the shift brings opposite ends together. */
    private static @Nullable NDArray regions(NDManager manager, long height, long width, int window, int shift) {
        if (shift == 0) {
            return null;
        }
        int tokens = window * window;
        float[] regions = new float[(int) (height * width)];
        int i = 0;
        for (long top = 0; top < height; top += window) {
            for (long left = 0; left < width; left += window) {
                for (int token = 0; token < tokens; token++) {
                    int row = part(top + token / window, height, window, shift);
                    int column = part(left + token % window, width, window, shift);
                    regions[i++] = 3 * row + column;
                }
            }
        }
        return manager.create(regions, new Shape(regions.length / tokens, tokens));
    }

    private static int part(long place, long length, int window, int shift) {
        if (place < length - window) {
            return 0;
        }
        return place < length - shift ? 1 : 2;
    }
}

package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import java.util.stream.IntStream;

/** The norm of MARS: for each row, an output of the layer, the sum of the absolute values. A tensor of one axis is one row. */
final class RowNorm {

    private RowNorm() {}

    /** One value per row, with axes of 1 so that it can be multiplied with the tensor. */
    static NDArray of(NDArray tensor) {
        return sum(tensor.abs());
    }

    /** Sum of each row, likewise. */
    static NDArray sum(NDArray tensor) {
        int rank = tensor.getShape().dimension();
        return rank < 2 ? tensor.sum() : tensor.sum(IntStream.range(1, rank).toArray(), true);
    }
}

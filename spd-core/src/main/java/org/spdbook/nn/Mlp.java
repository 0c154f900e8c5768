package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import org.spdbook.torch.Ops;

/**
 * Two linear layers with tanh-GELU between them.
 *
 * @param expand width to hidden
 * @param contract hidden to width
 */
public record Mlp(Linear expand, Linear contract) {

    /** x: [.., width]; same shape. */
    public NDArray forward(NDArray x) {
        return contract.forward(Ops.geluTanh(expand.forward(x)));
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.NDArray;

/**
 * Two linear layers with a non-linear function between them.
 *
 * @param expand width to hidden
 * @param activation of the hidden values
 * @param contract hidden to width
 */
public record Mlp(Linear expand, Activation activation, Linear contract) {

    /** x: [.., width]; same shape. */
    public NDArray forward(NDArray x) {
        return contract.forward(activation.forward(expand.forward(x)));
    }
}

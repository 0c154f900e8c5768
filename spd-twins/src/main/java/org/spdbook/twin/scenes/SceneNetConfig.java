package org.spdbook.twin.scenes;

import org.spdbook.weights.TensorFile;

/**
 * Sizes of a {@link SceneNet}.
 *
 * @param stem channels after the first convolution; twice as many after the second
 * @param width of the tokens
 * @param depth number of blocks
 * @param heads divides {@code width}
 * @param hidden width inside the MLPs
 * @param labels classes and background
 */
record SceneNetConfig(int stem, int width, int depth, int heads, int hidden, int labels) {

    /** The twin's size for so many classes and background. */
    static SceneNetConfig of(int labels) {
        return new SceneNetConfig(16, 96, 3, 4, 192, labels);
    }

    /** The sizes that the tensors of a file have, with so many heads, which no shape tells. */
    static SceneNetConfig of(TensorFile weights, int heads) {
        int depth = 0;
        while (weights.has("v.blocks." + depth + ".qkv.weight")) {
            depth++;
        }
        return new SceneNetConfig(
                (int) weights.info("v.stem1.weight").shape()[0],
                (int) weights.info("v.emb.weight").shape()[0],
                depth,
                heads,
                (int) weights.info("v.blocks.0.f1.weight").shape()[0],
                (int) weights.info("head.bias").shape()[0] / (SceneNet.PATCH * SceneNet.PATCH));
    }
}

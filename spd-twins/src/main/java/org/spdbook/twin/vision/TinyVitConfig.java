package org.spdbook.twin.vision;

import org.spdbook.weights.TensorFile;

/**
 * Sizes of a {@link TinyVit}.
 *
 * @param image side of the square input, in pixels
 * @param channels of the input: RGB and edges
 * @param patch side of a patch, divides {@code image}
 * @param stem width of the patch MLP
 * @param width of the tokens
 * @param depth number of blocks
 * @param heads divides {@code width}
 * @param hidden width inside the MLPs
 * @param embedding size of the output
 */
public record TinyVitConfig(
        int image, int channels, int patch, int stem, int width, int depth, int heads, int hidden, int embedding) {

    public TinyVitConfig {
        if (image % patch != 0 || width % heads != 0 || depth < 1) {
            throw new IllegalArgumentException("a patch must divide the image and the heads the width, got image "
                    + image + ", patch " + patch + ", width " + width + ", heads " + heads + ", depth " + depth);
        }
    }

    /** The twins' size: 32 x 32 x 4, patch 8, width 64, 4 blocks. */
    public static TinyVitConfig defaults() {
        return new TinyVitConfig(32, 4, 8, 128, 64, 4, 4, 128, 64);
    }

    /**
     * The sizes that the tensors of a checkpoint have.
     *
     * @param weights with the names of {@link TinyVit#shapes}
     * @param channels of the input
     * @param heads of the attention, which no shape tells
     * @throws IllegalArgumentException if a tensor is missing or the sizes do not fit each other
     */
    public static TinyVitConfig of(TensorFile weights, int channels, int heads) {
        long[] stem = weights.info("v.stem1.weight").shape();
        long[] positions = weights.info("v.pos").shape();
        int patch = (int) Math.sqrt((double) stem[1] / channels);
        int image = patch * (int) Math.sqrt((double) positions[1]);
        int depth = 0;
        while (weights.has("v.blocks." + depth + ".qkv.weight")) {
            depth++;
        }
        return new TinyVitConfig(
                image,
                channels,
                patch,
                (int) stem[0],
                (int) positions[2],
                depth,
                heads,
                (int) weights.info("v.blocks.0.f1.weight").shape()[0],
                (int) weights.info("v.vproj.weight").shape()[0]);
    }

    /** Number of patches of an image. */
    public int tokens() {
        return (image / patch) * (image / patch);
    }
}

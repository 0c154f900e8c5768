package org.spdbook.twin.emoji;

import org.spdbook.train.RandomStream;
import org.spdbook.twin.vision.VisionInput;

/**
 * The augmentation of pre-training: an affine map (rotation, zoom, aspect, flip, shift) sampled bilinearly, a random
 * background, channel permutation, grey, contrast and brightness. Numbers: twins.md 0.
 */
final class PretrainingAugmentation {

    private PretrainingAugmentation() {}

    /**
     * An augmented, normalised input.
     *
     * @param premultiplied 32 * 32 * 4 values in [0, 1], RGB times alpha, row by row
     */
    static float[] apply(float[] premultiplied, RandomStream random) {
        float[] warped = AffineWarp.draw(random).apply(premultiplied);
        float[] rgb = ColourChange.draw(random).apply(warped);
        return VisionInput.normalise(rgb);
    }
}

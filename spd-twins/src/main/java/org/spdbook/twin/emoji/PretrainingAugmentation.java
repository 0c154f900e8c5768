package org.spdbook.twin.emoji;

import org.spdbook.train.RandomStream;
import org.spdbook.twin.vision.VisionInput;

/**
 * The augmentation of pre-training: an affine map (rotation, zoom, aspect, flip, shift) sampled bilinearly, a random
 * background, channel permutation, grey, contrast and brightness. Numbers: twins.md 0.
 */
final class PretrainingAugmentation {

    private static final int SIZE = EmojiSheets.SIZE;
    private static final int PIXELS = SIZE * SIZE;

    private PretrainingAugmentation() {}

    /**
     * An augmented, normalised input.
     *
     * @param premultiplied 32 * 32 * 4 values in [0, 1], RGB times alpha, row by row
     */
    static float[] apply(float[] premultiplied, RandomStream random) {
        float[] rgb = composite(warp(premultiplied, random), random);
        colour(rgb, random);
        return VisionInput.normalise(rgb);
    }

    private static float[] warp(float[] image, RandomStream random) {
        double angle = random.uniform(-0.26, 0.26);
        double scale = 1 / random.uniform(0.8, 1.2);
        double aspect = random.uniform(0.9, 1.1);
        double mirror = random.chance(0.5) ? -1 : 1;
        double cos = StrictMath.cos(angle) * scale;
        double sin = StrictMath.sin(angle) * scale;
        double shiftX = random.uniform(-0.25, 0.25);
        double shiftY = random.uniform(-0.25, 0.25);
        float[] warped = new float[4 * PIXELS];
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double u = (2 * x + 1.0) / SIZE - 1;
                double v = (2 * y + 1.0) / SIZE - 1;
                double sourceX = cos * aspect * mirror * u - sin * aspect * v + shiftX;
                double sourceY = sin / aspect * mirror * u + cos / aspect * v + shiftY;
                sample(
                        image,
                        ((sourceX + 1) * SIZE - 1) / 2,
                        ((sourceY + 1) * SIZE - 1) / 2,
                        warped,
                        4 * (y * SIZE + x));
            }
        }
        return warped;
    }

    /** Bilinear, zero outside. */
    private static void sample(float[] image, double x, double y, float[] target, int offset) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        for (int dy = 0; dy < 2; dy++) {
            for (int dx = 0; dx < 2; dx++) {
                int column = left + dx;
                int row = top + dy;
                if (column >= 0 && column < SIZE && row >= 0 && row < SIZE) {
                    float weight = (float) ((1 - Math.abs(x - column)) * (1 - Math.abs(y - row)));
                    for (int c = 0; c < 4; c++) {
                        target[offset + c] += weight * image[4 * (row * SIZE + column) + c];
                    }
                }
            }
        }
    }

    private static float[] composite(float[] image, RandomStream random) {
        float[] background = {1, 1, 1};
        if (!random.chance(0.5)) {
            for (int c = 0; c < 3; c++) {
                background[c] = (float) random.uniform(0.55, 1);
            }
        }
        int[] order = random.chance(0.2) ? random.permutation(3) : new int[] {0, 1, 2};
        float[] rgb = new float[3 * PIXELS];
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * pixel + c] = image[4 * pixel + order[c]] + background[order[c]] * (1 - image[4 * pixel + 3]);
            }
        }
        return rgb;
    }

    private static void colour(float[] rgb, RandomStream random) {
        boolean grey = random.chance(0.15);
        boolean jitter = random.chance(0.8);
        float[] contrast = new float[3];
        float[] brightness = new float[3];
        for (int c = 0; c < 3; c++) {
            contrast[c] = jitter ? (float) random.uniform(0.7, 1.2) : 1;
            brightness[c] = jitter ? (float) random.uniform(-0.12, 0.12) : 0;
        }
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            float mean = (rgb[3 * pixel] + rgb[3 * pixel + 1] + rgb[3 * pixel + 2]) / 3;
            for (int c = 0; c < 3; c++) {
                float value = grey ? mean : rgb[3 * pixel + c];
                rgb[3 * pixel + c] = Math.min(Math.max((value - 0.5f) * contrast[c] + 0.5f + brightness[c], 0), 1);
            }
        }
    }
}

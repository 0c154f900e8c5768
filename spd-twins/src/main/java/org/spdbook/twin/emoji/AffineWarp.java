package org.spdbook.twin.emoji;

import org.spdbook.train.RandomStream;

/**
 * An affine map of a 32 x 32 image about its centre, sampled bilinearly with zero outside: what PyTorch's {@code affine_grid}
 * and {@code grid_sample} do without aligned corners. Positions run from -1 to 1 over the side.
 *
 * @param angle in radians
 * @param scale of the positions that are read; above 1 makes the drawing smaller
 * @param aspect factor of the horizontal and divisor of the vertical positions that are read
 * @param mirror -1 flips left and right, 1 does not
 * @param shiftX of the positions that are read, in half sides
 * @param shiftY of the positions that are read, in half sides
 */
record AffineWarp(double angle, double scale, double aspect, double mirror, double shiftX, double shiftY) {

    private static final int SIZE = EmojiSheets.SIZE;

    /** The numbers of one augmentation; recipe: twins.md 0. */
    static AffineWarp draw(RandomStream random) {
        return new AffineWarp(
                random.uniform(-0.26, 0.26),
                1 / random.uniform(0.8, 1.2),
                random.uniform(0.9, 1.1),
                random.chance(0.5) ? -1 : 1,
                random.uniform(-0.25, 0.25),
                random.uniform(-0.25, 0.25));
    }

    /** The mapped image. image: 32 * 32 * 4 values, row by row; so is the result. */
    float[] apply(float[] image) {
        double cos = StrictMath.cos(angle) * scale;
        double sin = StrictMath.sin(angle) * scale;
        float[] warped = new float[4 * SIZE * SIZE];
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
}

package org.spdbook.twin.vision;

import org.spdbook.train.RandomStream;

/**
 * The augmentation of the small vision worlds: a flip half of the time where flips are wanted, then a shift by up to 2 pixels
 * with replicated borders.
 *
 * @param flips whether images may be mirrored
 * @param reach most pixels of the shift
 */
public record ShiftAugmentation(boolean flips, int reach) {

    /** Leaves images as they are. */
    static final ShiftAugmentation NONE = new ShiftAugmentation(false, 0);

    private static final int SIZE = VisionInput.SIDE;
    private static final int MAX_SHIFT = 2;

    /** By up to 2 pixels. */
    public ShiftAugmentation(boolean flips) {
        this(flips, MAX_SHIFT);
    }

    /**
     * Writes an augmented image into a batch.
     *
     * @param image 32 * 32 * 4 values, row by row
     * @param offset first value to write
     */
    public void apply(float[] image, RandomStream random, float[] batch, int offset) {
        boolean flip = flips && random.chance(0.5);
        int down = random.nextInt(2 * reach + 1) - reach;
        int right = random.nextInt(2 * reach + 1) - reach;
        for (int y = 0; y < SIZE; y++) {
            int row = clamp(y + down);
            for (int x = 0; x < SIZE; x++) {
                int column = clamp(x + right);
                int source = row * SIZE + (flip ? SIZE - 1 - column : column);
                System.arraycopy(
                        image,
                        VisionInput.CHANNELS * source,
                        batch,
                        offset + VisionInput.CHANNELS * (y * SIZE + x),
                        VisionInput.CHANNELS);
            }
        }
    }

    private static int clamp(int position) {
        return Math.min(Math.max(position, 0), SIZE - 1);
    }
}

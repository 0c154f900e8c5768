package org.spdbook.twin.emoji;

import org.spdbook.train.RandomStream;
import org.spdbook.twin.vision.VisionInput;

/** The augmentation of fine-tuning: a flip half of the time, then a shift by up to 2 pixels with replicated borders. */
public final class EmojiAugmentation {

    private static final int SIZE = EmojiSheets.SIZE;
    private static final int MAX_SHIFT = 2;

    private EmojiAugmentation() {}

    /**
     * Writes an augmented image into a batch.
     *
     * @param image 32 * 32 * 4 values, row by row
     * @param offset first value to write
     */
    public static void apply(float[] image, RandomStream random, float[] batch, int offset) {
        boolean flip = random.chance(0.5);
        int down = random.nextInt(2 * MAX_SHIFT + 1) - MAX_SHIFT;
        int right = random.nextInt(2 * MAX_SHIFT + 1) - MAX_SHIFT;
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

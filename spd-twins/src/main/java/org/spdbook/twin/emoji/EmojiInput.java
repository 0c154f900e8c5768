package org.spdbook.twin.emoji;

/**
 * What the model sees: four channels per pixel, RGB as {@code (x - 0.5) / 0.25} and an edge channel: the gradient magnitude
 * (largest over RGB, central differences, borders replicated) over its root mean square + 0.05, minus 0.5.
 */
public final class EmojiInput {

    /** Channels of the input. */
    public static final int CHANNELS = 4;

    private static final int SIZE = EmojiSheets.SIZE;

    private EmojiInput() {}

    /**
     * Composites on white and normalises.
     *
     * @param rgba 32 * 32 * 4 values 0..255, row by row
     * @return 32 * 32 * 4 values, row by row
     */
    public static float[] of(int[] rgba) {
        float[] rgb = new float[SIZE * SIZE * 3];
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
            float alpha = rgba[4 * pixel + 3];
            for (int c = 0; c < 3; c++) {
                rgb[3 * pixel + c] = (float) Math.rint(rgba[4 * pixel + c] * alpha / 255f + 255f - alpha) / 255f;
            }
        }
        return normalise(rgb);
    }

    /** Normalises an opaque image. rgb: 32 * 32 * 3 values in [0, 1], row by row. */
    public static float[] normalise(float[] rgb) {
        float[] input = new float[SIZE * SIZE * CHANNELS];
        double sum = 0;
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int pixel = y * SIZE + x;
                float squared = squaredEdge(rgb, x, y);
                sum += squared;
                input[CHANNELS * pixel + 3] = (float) Math.sqrt(squared);
                for (int c = 0; c < 3; c++) {
                    input[CHANNELS * pixel + c] = (rgb[3 * pixel + c] - 0.5f) / 0.25f;
                }
            }
        }
        float scale = (float) Math.sqrt(sum / (SIZE * SIZE)) + 0.05f;
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
            input[CHANNELS * pixel + 3] = input[CHANNELS * pixel + 3] / scale - 0.5f;
        }
        return input;
    }

    private static float squaredEdge(float[] rgb, int x, int y) {
        float largest = 0;
        for (int c = 0; c < 3; c++) {
            float dx = at(rgb, x + 1, y, c) - at(rgb, x - 1, y, c);
            float dy = at(rgb, x, y + 1, c) - at(rgb, x, y - 1, c);
            largest = Math.max(largest, dx * dx + dy * dy);
        }
        return largest;
    }

    private static float at(float[] rgb, int x, int y, int c) {
        int column = Math.min(Math.max(x, 0), SIZE - 1);
        int row = Math.min(Math.max(y, 0), SIZE - 1);
        return rgb[3 * (row * SIZE + column) + c];
    }
}

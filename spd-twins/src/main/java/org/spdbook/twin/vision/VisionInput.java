package org.spdbook.twin.vision;

import org.spdbook.data.Pixels;

/**
 * What the small ViT sees: four channels per pixel, RGB as {@code (x - 0.5) / 0.25} and an edge channel: the gradient
 * magnitude (largest over RGB, central differences, borders replicated) over its root mean square + 0.05, minus 0.5.
 */
public final class VisionInput {

    /** Pixels of a side. */
    public static final int SIDE = 32;

    /** Channels of the input. */
    public static final int CHANNELS = 4;

    private static final int RGB = 3;

    private VisionInput() {}

    /**
     * Composites a square image on white and normalises it.
     *
     * @param rgba side * side * 4 values 0..255, row by row
     * @return side * side * 4 values, row by row
     */
    public static float[] of(int[] rgba) {
        float[] rgb = new float[rgba.length / 4 * RGB];
        for (int pixel = 0; pixel < rgba.length / 4; pixel++) {
            float alpha = rgba[4 * pixel + 3];
            for (int c = 0; c < RGB; c++) {
                rgb[RGB * pixel + c] = (float) Math.rint(rgba[4 * pixel + c] * alpha / 255f + 255f - alpha) / 255f;
            }
        }
        return normalise(rgb);
    }

    /** Normalises an opaque square image of three channels; side * side * 4 values, row by row. */
    public static float[] of(Pixels image) {
        float[] rgb = new float[image.values().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (image.values()[i] & 0xFF) / 255f;
        }
        return normalise(rgb);
    }

    /** Normalises an opaque square image. rgb: side * side * 3 values in [0, 1], row by row. */
    public static float[] normalise(float[] rgb) {
        int pixels = rgb.length / RGB;
        int side = (int) Math.sqrt(pixels);
        if (side * side * RGB != rgb.length) {
            throw new IllegalArgumentException(
                    "an image must be square with three values per pixel, got " + rgb.length + " values");
        }
        float[] input = new float[pixels * CHANNELS];
        double sum = 0;
        for (int pixel = 0; pixel < pixels; pixel++) {
            float squared = squaredEdge(rgb, side, pixel % side, pixel / side);
            sum += squared;
            input[CHANNELS * pixel + RGB] = (float) Math.sqrt(squared);
            for (int c = 0; c < RGB; c++) {
                input[CHANNELS * pixel + c] = (rgb[RGB * pixel + c] - 0.5f) / 0.25f;
            }
        }
        float scale = (float) Math.sqrt(sum / pixels) + 0.05f;
        for (int pixel = 0; pixel < pixels; pixel++) {
            input[CHANNELS * pixel + RGB] = input[CHANNELS * pixel + RGB] / scale - 0.5f;
        }
        return input;
    }

    /** The picture that an input was made of, on white where it was not opaque. input: as {@link #normalise} makes it. */
    public static Pixels picture(float[] input) {
        int pixels = input.length / CHANNELS;
        int side = (int) Math.sqrt(pixels);
        byte[] values = new byte[pixels * RGB];
        for (int i = 0; i < values.length; i++) {
            float share = input[i / RGB * CHANNELS + i % RGB] * 0.25f + 0.5f;
            values[i] = (byte) Math.round(share * 255);
        }
        return new Pixels(side, side, RGB, values);
    }

    private static float squaredEdge(float[] rgb, int side, int x, int y) {
        float largest = 0;
        for (int c = 0; c < RGB; c++) {
            float dx = at(rgb, side, x + 1, y, c) - at(rgb, side, x - 1, y, c);
            float dy = at(rgb, side, x, y + 1, c) - at(rgb, side, x, y - 1, c);
            largest = Math.max(largest, dx * dx + dy * dy);
        }
        return largest;
    }

    private static float at(float[] rgb, int side, int x, int y, int c) {
        int column = Math.min(Math.max(x, 0), side - 1);
        int row = Math.min(Math.max(y, 0), side - 1);
        return rgb[RGB * (row * side + column) + c];
    }
}

package org.spdbook.twin.drawing;

import org.spdbook.data.Pixels;

/** 32 x 32 pixels of three numbers, 0 none and 1 full. */
public final class Image {

    /** Pixels of a side. */
    public static final int SIDE = 32;

    private final double[] values = new double[SIDE * SIDE * 3];

    /** A value of a place and channel. */
    @FunctionalInterface
    public interface Pixel {
        double at(int x, int y, int channel);
    }

    /** An image of computed pixels. */
    public static Image of(Pixel pixel) {
        var image = new Image();
        for (int i = 0; i < image.values.length; i++) {
            image.values[i] = pixel.at(i / 3 % SIDE, i / 3 / SIDE, i % 3);
        }
        return image;
    }

    /** The value of a place and channel. */
    public double at(int x, int y, int channel) {
        return values[3 * (y * SIDE + x) + channel];
    }

    /** Adds to the value of a place and channel. */
    public void add(int x, int y, int channel, double value) {
        values[3 * (y * SIDE + x) + channel] += value;
    }

    /** Moved by whole pixels; what leaves on one side comes in on the other. */
    public Image rolled(int right, int down) {
        return of((x, y, c) -> at(Math.floorMod(x - right, SIDE), Math.floorMod(y - down, SIDE), c));
    }

    /** Weighted 1, 2, 1 along columns, then along rows; borders replicated. */
    public Image blurred() {
        Image down = of((x, y, c) -> (at(x, clamp(y - 1), c) + 2 * at(x, y, c) + at(x, clamp(y + 1), c)) / 4);
        return of((x, y, c) -> (down.at(clamp(x - 1), y, c) + 2 * down.at(x, y, c) + down.at(clamp(x + 1), y, c)) / 4);
    }

    /** The nearest row or column of the image. */
    public static int clamp(int position) {
        return Math.max(0, Math.min(SIDE - 1, position));
    }

    /** Mean over places and channels. */
    public double mean() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** With values as they are after rounding to bytes. */
    public Image rounded() {
        byte[] bytes = bytes();
        return of((x, y, c) -> (bytes[3 * (y * SIDE + x) + c] & 0xFF) / 255.0);
    }

    /** As a picture of bytes. */
    public Pixels pixels() {
        return new Pixels(SIDE, SIDE, Pixels.RGB, bytes());
    }

    /** Rounded to bytes 0..255: rows from the top, in them pixels, in them red, green, blue. */
    public byte[] bytes() {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) (Math.max(0, Math.min(1, values[i])) * 255 + 0.5);
        }
        return bytes;
    }
}

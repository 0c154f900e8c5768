package org.spdbook.data;

import java.util.Arrays;

/**
 * A picture of unsigned bytes: rows from the top, in them pixels from the left, in them channels ({@code [height, width,
 * channels]}). Channels are L, RGB or RGBA, colours not premultiplied. The array is not copied: whoever hands it over or
 * reads it must not write to it afterwards.
 *
 * @param height rows, at least 1
 * @param width pixels in a row, at least 1
 * @param channels 1 (L), 3 (RGB) or 4 (RGBA)
 * @param values height * width * channels bytes, each 0..255 read without sign
 */
public record Pixels(int height, int width, int channels, byte[] values) {

    /** Channels of a grey picture. */
    public static final int L = 1;
    /** Channels of a colour picture. */
    public static final int RGB = 3;
    /** Channels of a colour picture with opacity last. */
    public static final int RGBA = 4;

    /** @throws IllegalArgumentException if a size is not positive, or the number of values or channels does not fit */
    public Pixels {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a picture needs height and width >= 1, got " + height + " x " + width + " (height x width)");
        }
        if (channels != L && channels != RGB && channels != RGBA) {
            throw new IllegalArgumentException("a picture has 1 (L), 3 (RGB) or 4 (RGBA) channels, got " + channels);
        }
        if (values.length != (long) height * width * channels) {
            throw new IllegalArgumentException("a picture of " + height + " x " + width + " x " + channels + " needs "
                    + (long) height * width * channels + " bytes, got " + values.length);
        }
    }

    /** One value, 0..255. */
    public int at(int y, int x, int channel) {
        return values[(y * width + x) * channels + channel] & 0xFF;
    }

    /** The picture with left and right exchanged. */
    public Pixels mirrored() {
        byte[] result = new byte[values.length];
        int row = width * channels;
        for (int begin = 0; begin < values.length; begin += row) {
            for (int c = 0; c < channels; c++) {
                int to = begin + row - channels + c;
                for (int from = begin + c; from < begin + row; from += channels) {
                    result[to] = values[from];
                    to -= channels;
                }
            }
        }
        return new Pixels(height, width, channels, result);
    }

    /** The name of the channels: L, RGB or RGBA. */
    public String mode() {
        return channels == L ? "L" : channels == RGB ? "RGB" : "RGBA";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pixels that
                && height == that.height
                && width == that.width
                && channels == that.channels
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * height + width) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return mode() + " picture of " + height + " x " + width;
    }
}

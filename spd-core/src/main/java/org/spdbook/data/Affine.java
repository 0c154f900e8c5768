package org.spdbook.data;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An affine change of places, bicubic, as Pillow's {@code Image.transform}: the result at (x, y) is the picture at (a x + b y + c, d x + e
 * y + f), both counted in pixels from the corner.
 */
record Affine(double a, double b, double c, double d, double e, double f) {

    private static final int FULL = 360;
    private static final int DIGITS = 15;
    private static final int TAPS = 4;

    /** The turn of a picture about its middle, counter-clockwise in degrees. */
    static Affine rotation(double degrees, Pixels picture) {
        double turn = degrees % FULL;
        double angle = -((turn < 0 ? turn + FULL : turn) * (Math.PI / (FULL / 2)));
        double cos = rounded(StrictMath.cos(angle));
        double sin = rounded(StrictMath.sin(angle));
        double x = picture.width() / 2.0;
        double y = picture.height() / 2.0;
        return new Affine(cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y);
    }

    private static double rounded(double value) {
        return new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_EVEN).doubleValue();
    }

    /**
     * The changed picture, of the same size.
     *
     * @param outside colour of places that come from outside of the picture
     */
    Pixels apply(Pixels picture, byte[] outside) {
        int channels = picture.channels();
        byte[] result = new byte[picture.values().length];
        int[] rows = new int[TAPS];
        int[] columns = new int[TAPS];
        int next = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                double fromX = a * (x + 0.5) + b * (y + 0.5) + c;
                double fromY = d * (x + 0.5) + e * (y + 0.5) + f;
                if (fromX >= 0 && fromX < picture.width() && fromY >= 0 && fromY < picture.height()) {
                    double right = places(fromX - 0.5, picture.width(), channels, columns);
                    double down = places(fromY - 0.5, picture.height(), picture.width() * channels, rows);
                    for (int channel = 0; channel < channels; channel++) {
                        result[next + channel] = at(picture.values(), channel, rows, columns, right, down);
                    }
                } else {
                    System.arraycopy(outside, 0, result, next, channels);
                }
                next += channels;
            }
        }
        return new Pixels(picture.height(), picture.width(), channels, result);
    }

    /** The offsets of four neighbours, at the border those inside again; returns the part of a pixel beyond the second. */
    private static double places(double at, int length, int stride, int[] offsets) {
        int floor = (int) Math.floor(at);
        for (int k = 0; k < TAPS; k++) {
            offsets[k] = Math.max(0, Math.min(length - 1, floor - 1 + k)) * stride;
        }
        return at - floor;
    }

    private static byte at(byte[] values, int channel, int[] rows, int[] columns, double right, double down) {
        double value = cubic(
                along(values, channel + rows[0], columns, right),
                along(values, channel + rows[1], columns, right),
                along(values, channel + rows[2], columns, right),
                along(values, channel + rows[3], columns, right),
                down);
        return (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) value);
    }

    private static double along(byte[] values, int row, int[] columns, double right) {
        return cubic(
                values[row + columns[0]] & 0xFF,
                values[row + columns[1]] & 0xFF,
                values[row + columns[2]] & 0xFF,
                values[row + columns[3]] & 0xFF,
                right);
    }

    /** Cubic convolution with a = -1, in the order in which Pillow computes it. */
    private static double cubic(double v1, double v2, double v3, double v4, double at) {
        double p2 = -v1 + v3;
        double p3 = 2 * (v1 - v2) + v3 - v4;
        double p4 = -v1 + v2 - v3 + v4;
        return v2 + at * (p2 + at * (p3 + at * p4));
    }
}

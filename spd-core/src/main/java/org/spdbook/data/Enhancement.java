package org.spdbook.data;

/**
 * Pillow's ImageEnhance: a picture between a poorer one (factor 0) and itself (factor 1), or beyond itself (above 1). Pictures are RGB.
 */
final class Enhancement {

    private static final int SMOOTH_MIDDLE = 5;
    private static final int SMOOTH_SUM = 13;

    private Enhancement() {}

    /** Against the grey picture. */
    static Pixels color(Pixels picture, float factor) {
        byte[] grey = new byte[picture.values().length];
        for (int i = 0; i < grey.length; i += Pixels.RGB) {
            byte luma = (byte) luma(picture.values(), i);
            grey[i] = luma;
            grey[i + 1] = luma;
            grey[i + 2] = luma;
        }
        return blended(grey, picture, factor);
    }

    /** Against the mean of the grey picture. */
    static Pixels contrast(Pixels picture, float factor) {
        byte[] values = picture.values();
        long sum = 0;
        for (int i = 0; i < values.length; i += Pixels.RGB) {
            sum += luma(values, i);
        }
        int pixels = values.length / Pixels.RGB;
        byte[] mean = new byte[values.length];
        java.util.Arrays.fill(mean, (byte) (int) ((double) sum / pixels + 0.5));
        return blended(mean, picture, factor);
    }

    /** Against black. */
    static Pixels brightness(Pixels picture, float factor) {
        return blended(new byte[picture.values().length], picture, factor);
    }

    /** Against the picture smoothed over 3 x 3 pixels, of which the middle counts five times; the border is not smoothed. */
    static Pixels sharpness(Pixels picture, float factor) {
        byte[] values = picture.values();
        byte[] smooth = values.clone();
        int row = picture.width() * Pixels.RGB;
        for (int y = 1; y < picture.height() - 1; y++) {
            for (int i = y * row + Pixels.RGB; i < (y + 1) * row - Pixels.RGB; i++) {
                int sum = (SMOOTH_MIDDLE - 1) * (values[i] & 0xFF);
                for (int near = i - row; near <= i + row; near += row) {
                    sum += (values[near - Pixels.RGB] & 0xFF)
                            + (values[near] & 0xFF)
                            + (values[near + Pixels.RGB] & 0xFF);
                }
                smooth[i] = (byte) ((2 * sum + SMOOTH_SUM) / (2 * SMOOTH_SUM)); // a half does not occur
            }
        }
        return blended(smooth, picture, factor);
    }

    /** ITU-R 601-2 with 16 bits behind the point. */
    private static int luma(byte[] values, int i) {
        return ((values[i] & 0xFF) * 19595 + (values[i + 1] & 0xFF) * 38470 + (values[i + 2] & 0xFF) * 7471 + 0x8000)
                >> 16;
    }

    /** In floats, cut off. */
    private static Pixels blended(byte[] poorer, Pixels picture, float factor) {
        byte[] values = picture.values();
        byte[] result = new byte[values.length];
        for (int i = 0; i < result.length; i++) {
            int from = poorer[i] & 0xFF;
            float value = from + factor * ((values[i] & 0xFF) - from);
            result[i] = (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) value);
        }
        return new Pixels(picture.height(), picture.width(), picture.channels(), result);
    }
}

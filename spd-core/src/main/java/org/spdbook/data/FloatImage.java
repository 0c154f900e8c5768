package org.spdbook.data;

/**
 * A picture with values in [0, 1], which are changed in place.
 *
 * @param height rows
 * @param width pixels in a row
 * @param channels 1 or 3
 * @param values [height, width, channels]
 */
record FloatImage(int height, int width, int channels, float[] values) {

    /** 255ths of a picture's bytes. */
    static FloatImage of(Pixels picture) {
        if (picture.channels() == Pixels.RGBA) {
            throw new IllegalArgumentException(
                    "pictures are corrupted as RGB or L, got " + picture + "; lay it on a background first");
        }
        float[] values = new float[picture.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (picture.values()[i] & 0xFF) / 255f;
        }
        return new FloatImage(picture.height(), picture.width(), picture.channels(), values);
    }

    /** Brings values outside of [0, 1] to its ends. */
    void clip() {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(1, Math.max(0, values[i]));
        }
    }

    /** Bytes, cut off as NumPy's conversion does. */
    Pixels pixels() {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) (values[i] * 255f);
        }
        return new Pixels(height, width, channels, bytes);
    }
}

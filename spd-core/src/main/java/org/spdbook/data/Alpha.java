package org.spdbook.data;

/** Between plain and premultiplied RGBA, with the integer rounding of Pillow. */
final class Alpha {

    private static final int OPAQUE = 255;

    private Alpha() {}

    /** Colours times opacity / 255, rounded to nearest. */
    static Pixels premultiplied(Pixels plain) {
        byte[] values = plain.values().clone();
        for (int i = 0; i < values.length; i += Pixels.RGBA) {
            int opacity = values[i + 3] & 0xFF;
            for (int c = i; c < i + 3; c++) {
                int product = (values[c] & 0xFF) * opacity + 128;
                values[c] = (byte) ((product >> 8) + product >> 8);
            }
        }
        return new Pixels(plain.height(), plain.width(), Pixels.RGBA, values);
    }

    /** Colours divided by opacity / 255, rounded down; where opacity is 0 or 255 they stay. */
    static Pixels plain(Pixels premultiplied) {
        byte[] values = premultiplied.values().clone();
        for (int i = 0; i < values.length; i += Pixels.RGBA) {
            int opacity = values[i + 3] & 0xFF;
            for (int c = i; c < i + 3 && opacity != 0 && opacity != OPAQUE; c++) {
                values[c] = (byte) Math.min(OPAQUE, OPAQUE * (values[c] & 0xFF) / opacity);
            }
        }
        return new Pixels(premultiplied.height(), premultiplied.width(), Pixels.RGBA, values);
    }
}

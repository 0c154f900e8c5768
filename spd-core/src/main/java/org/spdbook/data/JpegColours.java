package org.spdbook.data;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.nio.charset.StandardCharsets;

/**
 * The colours of a JPEG file: what its bands mean by the rules of libjpeg ({@code jdapimin.c}, default_decompress_parms), and
 * their way to RGB in the integers of libjpeg ({@code jdcolor.c}) and, for four bands, of Pillow ({@code Convert.c}, cmyk2rgb).
 */
enum JpegColours {
    GREY,
    RGB,
    YCC,
    CMYK,
    YCCK;

    private static final int LEVELS = 256;
    private static final int HALF = 1 << 15;
    /** Added to what is looked up in {@link #CLIPPED}: no colour is further below 0. */
    private static final int BELOW = 256;

    private static final int[] RED = new int[LEVELS];
    private static final int[] BLUE = new int[LEVELS];
    private static final int[] GREEN_OF_CR = new int[LEVELS];
    private static final int[] GREEN_OF_CB = new int[LEVELS];
    private static final byte[] CLIPPED = new byte[BELOW + 2 * LEVELS];

    static { // tables, as libjpeg has them: a third faster than multiplying for every pixel
        for (int level = 0; level < LEVELS; level++) {
            int c = level - 128;
            RED[level] = BELOW + (91881 * c + HALF >> 16);
            BLUE[level] = BELOW + (116130 * c + HALF >> 16);
            GREEN_OF_CR[level] = (BELOW << 16) + HALF - 46802 * c;
            GREEN_OF_CB[level] = -22554 * c;
        }
        for (int i = 0; i < CLIPPED.length; i++) {
            CLIPPED[i] = (byte) Math.max(0, Math.min(LEVELS - 1, i - BELOW));
        }
    }

    /** What the bands of a file mean; YCC where it does not say. */
    static JpegColours of(byte[] file) {
        boolean jfif = false;
        int transform = -1;
        for (int at = 2; at + 4 <= file.length; ) {
            int marker = file[at + 1] & 0xFF;
            if ((file[at] & 0xFF) != 0xFF || marker == 0xFF || marker == 0) {
                at++;
                continue;
            }
            int length = (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF;
            if (marker == 0xE0 && length >= 16 && begins(file, at + 4, "JFIF\0")) {
                jfif = true;
            } else if (marker == 0xEE && length >= 14 && begins(file, at + 4, "Adobe") && at + 15 < file.length) {
                transform = file[at + 15] & 0xFF;
            } else if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                return meaning(file, at, jfif, transform);
            }
            at += 2 + length;
        }
        return YCC;
    }

    private static boolean begins(byte[] file, int at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        boolean same = at + wanted.length <= file.length;
        for (int i = 0; same && i < wanted.length; i++) {
            same = file[at + i] == wanted[i];
        }
        return same;
    }

    private static JpegColours meaning(byte[] file, int frame, boolean jfif, int transform) {
        int count = frame + 9 < file.length ? file[frame + 9] : 0;
        if (count == 1) {
            return GREY;
        } else if (count == 4) {
            return transform > 0 ? YCCK : CMYK;
        } else if (jfif || count != 3 || frame + 16 >= file.length) {
            return YCC;
        } else if (transform >= 0) {
            return transform == 0 ? RGB : YCC;
        }
        boolean named = file[frame + 10] == 'R' && file[frame + 13] == 'G' && file[frame + 16] == 'B';
        return named ? RGB : YCC;
    }

    /** The picture of the bands as the JDK decodes them, without conversion: bytes, band by band in each pixel. */
    Pixels rgb(Raster raster) {
        int bands = raster.getNumBands();
        byte[] decoded = ((DataBufferByte) raster.getDataBuffer()).getData();
        if (bands == Pixels.RGB && this == RGB) {
            return new Pixels(raster.getHeight(), raster.getWidth(), Pixels.RGB, decoded);
        }
        int pixels = raster.getWidth() * raster.getHeight();
        byte[] values = new byte[Math.multiplyExact(pixels, Pixels.RGB)];
        if (bands == Pixels.RGB) {
            transform(decoded, values);
        } else {
            for (int i = 0; i < pixels; i++) {
                int to = i * Pixels.RGB;
                if (bands < Pixels.RGB) {
                    values[to] = values[to + 1] = values[to + 2] = decoded[i * bands];
                } else {
                    inks(decoded, i * bands, values, to);
                }
            }
        }
        return new Pixels(raster.getHeight(), raster.getWidth(), Pixels.RGB, values);
    }

    private static void transform(byte[] decoded, byte[] values) {
        for (int at = 0; at < values.length; at += Pixels.RGB) {
            int luma = decoded[at] & 0xFF;
            int cb = decoded[at + 1] & 0xFF;
            int cr = decoded[at + 2] & 0xFF;
            values[at] = CLIPPED[luma + RED[cr]];
            values[at + 1] = CLIPPED[luma + green(cb, cr)];
            values[at + 2] = CLIPPED[luma + BLUE[cb]];
        }
    }

    private void inks(byte[] decoded, int at, byte[] values, int to) {
        int first = decoded[at] & 0xFF;
        int second = decoded[at + 1] & 0xFF;
        int third = decoded[at + 2] & 0xFF;
        int black = decoded[at + 3] & 0xFF;
        if (this == YCCK) {
            int green = CLIPPED[first + green(second, third)] & 0xFF;
            int blue = CLIPPED[first + BLUE[second]] & 0xFF;
            first = 255 - (CLIPPED[first + RED[third]] & 0xFF);
            second = 255 - green;
            third = 255 - blue;
        }
        values[to] = inked(first, black);
        values[to + 1] = inked(second, black);
        values[to + 2] = inked(third, black);
    }

    private static int green(int cb, int cr) {
        return GREEN_OF_CB[cb] + GREEN_OF_CR[cr] >> 16;
    }

    /** An ink stored as Adobe does, 255 for none, over black stored alike. */
    private static byte inked(int value, int black) {
        int product = (255 - value) * black + 128;
        return (byte) (black - ((product >> 8) + product >> 8));
    }
}

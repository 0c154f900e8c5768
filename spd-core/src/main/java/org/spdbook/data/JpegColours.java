package org.spdbook.data;

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

    private static final int HALF = 1 << 15;
    private static final int RED_OF_CR = 91881;
    private static final int BLUE_OF_CB = 116130;
    private static final int GREEN_OF_CR = 46802;
    private static final int GREEN_OF_CB = 22554;

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

    /** The picture of the bands as the JDK decodes them, without conversion. */
    Pixels rgb(Raster raster) {
        int bands = raster.getNumBands();
        int width = raster.getWidth();
        byte[] values = new byte[Math.multiplyExact(Math.multiplyExact(width, raster.getHeight()), Pixels.RGB)];
        int[] row = new int[width * bands];
        int next = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int at = 0; at < row.length; at += bands) {
                put(row, at, bands, values, next);
                next += Pixels.RGB;
            }
        }
        return new Pixels(raster.getHeight(), width, Pixels.RGB, values);
    }

    private void put(int[] row, int at, int bands, byte[] values, int to) {
        if (bands < Pixels.RGB) {
            values[to] = values[to + 1] = values[to + 2] = (byte) row[at];
            return;
        }
        int first = row[at];
        int second = row[at + 1];
        int third = row[at + 2];
        if (this == YCC || this == YCCK) {
            int cb = second - 128;
            int cr = third - 128;
            second = clipped(first + (HALF - GREEN_OF_CB * cb - GREEN_OF_CR * cr >> 16));
            third = clipped(first + (BLUE_OF_CB * cb + HALF >> 16));
            first = clipped(first + (RED_OF_CR * cr + HALF >> 16));
        }
        boolean inverted = this == YCCK;
        int black = bands > Pixels.RGB ? row[at + 3] : 255;
        values[to] = inked(inverted ? 255 - first : first, black, bands);
        values[to + 1] = inked(inverted ? 255 - second : second, black, bands);
        values[to + 2] = inked(inverted ? 255 - third : third, black, bands);
    }

    /** A colour as it is, or, of four bands, an ink stored as Adobe does, 255 for none, over black stored alike. */
    private static byte inked(int value, int black, int bands) {
        if (bands == Pixels.RGB) {
            return (byte) value;
        }
        int product = (255 - value) * black + 128;
        return (byte) (black - ((product >> 8) + product >> 8));
    }

    private static int clipped(int value) {
        return Math.max(0, Math.min(255, value));
    }
}

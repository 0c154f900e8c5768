package org.spdbook.data;

import java.util.Arrays;

/**
 * Antialiased resizing that equals the {@code Image.resize} of Pillow 12.3 to the last bit: two passes with fixed-point weights, first
 * along the rows and only those rows the second pass takes, then along the columns, each rounded to bytes. RGBA is
 * premultiplied for it. Equal sizes give an equal picture. Immutable and safe for several threads.
 *
 * <pre>{@code
 * Pixels small = new Resize(32, 32, Resampling.LANCZOS).apply(picture);
 * }</pre>
 *
 * @param height rows of the result, at least 1
 * @param width pixels in a row of the result, at least 1
 * @param kernel weights of the source pixels
 */
public record Resize(int height, int width, Resampling kernel) {

    /** A picture that is higher than this many times its width, and gets lower, is resized along the columns first. */
    private static final int NARROW = 100;

    /** @throws IllegalArgumentException if a size is not positive */
    public Resize {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "resize needs height and width >= 1, got " + height + " x " + width + " (height x width)");
        }
    }

    /**
     * The resize after which the short side of a picture has a length and the long one keeps the shape, rounded down as in
     * torchvision's Resize.
     */
    public static Resize toShortSide(int size, Pixels picture, Resampling kernel) {
        long h = picture.height();
        long w = picture.width();
        int other = Math.toIntExact(size * Math.max(h, w) / Math.min(h, w));
        return w <= h ? new Resize(other, size, kernel) : new Resize(size, other, kernel);
    }

    /**
     * The resized picture; the given one stays as it is and is returned when it has the size already.
     *
     * @throws IllegalArgumentException if the result would have more than 2^31 - 1 bytes
     */
    public Pixels apply(Pixels picture) {
        long largest = (long) Math.max(height, picture.height()) * width * picture.channels();
        if (largest > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("resizing a " + picture + " to " + height + " x " + width + " needs "
                    + largest + " bytes in one array; choose a size below " + Integer.MAX_VALUE + " bytes");
        }
        if (picture.height() == height && picture.width() == width) {
            return picture;
        }
        return picture.channels() == Pixels.RGBA ? Alpha.plain(passes(Alpha.premultiplied(picture))) : passes(picture);
    }

    private Pixels passes(Pixels picture) {
        boolean columnsFirst = picture.height() > NARROW * picture.width() && height < picture.height();
        if (columnsFirst) {
            Pixels low = alongColumns(picture, ResizeWeights.of(kernel, picture.height(), height), 0);
            return low.width() == width ? low : alongRows(low, 0, height);
        }
        boolean rowsStay = picture.height() == height;
        ResizeWeights down = ResizeWeights.of(kernel, picture.height(), height);
        int begin = rowsStay ? 0 : down.begin();
        int end = rowsStay ? height : down.end();
        boolean columnsStay = picture.width() == width;
        Pixels narrow = columnsStay ? picture : alongRows(picture, begin, end);
        return rowsStay ? narrow : alongColumns(narrow, down, columnsStay ? 0 : begin);
    }

    /** Rows {@code begin} (included) to {@code end} (excluded) of the picture, resized to the width. */
    private Pixels alongRows(Pixels picture, int begin, int end) {
        ResizeWeights across = ResizeWeights.of(kernel, picture.width(), width);
        int channels = picture.channels();
        byte[] source = picture.values();
        byte[] result = new byte[(end - begin) * width * channels];
        for (int y = begin; y < end; y++) {
            int row = y * picture.width() * channels;
            int next = (y - begin) * width * channels;
            for (int x = 0; x < width; x++) {
                int[] weights = across.of(x);
                int from = row + across.first(x) * channels;
                if (channels == Pixels.RGB) {
                    colour(source, from, weights, result, next);
                    next += Pixels.RGB;
                    continue;
                }
                for (int c = 0; c < channels; c++) {
                    result[next++] = weighted(source, from + c, channels, weights);
                }
            }
        }
        return new Pixels(end - begin, width, channels, result);
    }

    /** The three sums of a pixel at once, so that each weight is read once. */
    private static void colour(byte[] source, int from, int[] weights, byte[] result, int to) {
        int red = 0;
        int green = 0;
        int blue = 0;
        int at = from;
        for (int weight : weights) {
            red += (source[at] & 0xFF) * weight;
            green += (source[at + 1] & 0xFF) * weight;
            blue += (source[at + 2] & 0xFF) * weight;
            at += Pixels.RGB;
        }
        result[to] = ResizeWeights.value(red);
        result[to + 1] = ResizeWeights.value(green);
        result[to + 2] = ResizeWeights.value(blue);
    }

    private static byte weighted(byte[] source, int from, int stride, int[] weights) {
        int sum = 0;
        int at = from;
        for (int weight : weights) {
            sum += (source[at] & 0xFF) * weight;
            at += stride;
        }
        return ResizeWeights.value(sum);
    }

    /** The picture, whose first row is row {@code offset} of the source, resized to the height. */
    private Pixels alongColumns(Pixels picture, ResizeWeights down, int offset) {
        int row = picture.width() * picture.channels();
        int[] source = new int[picture.values().length];
        for (int i = 0; i < source.length; i++) {
            source[i] = picture.values()[i] & 0xFF;
        }
        byte[] result = new byte[row * height];
        int[] sums = new int[row];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, 0);
            int from = (down.first(y) - offset) * row;
            for (int weight : down.of(y)) { // row after row, as the source lies in memory
                for (int i = 0; i < row; i++) {
                    sums[i] += source[from + i] * weight;
                }
                from += row;
            }
            for (int i = 0; i < row; i++) {
                result[y * row + i] = ResizeWeights.value(sums[i]);
            }
        }
        return new Pixels(height, picture.width(), picture.channels(), result);
    }
}

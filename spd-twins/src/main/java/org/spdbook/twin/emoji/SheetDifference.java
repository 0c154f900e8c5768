package org.spdbook.twin.emoji;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * How far a sheet made again is from the shipped one. Colours are compared times opacity, so that what cannot be seen does not
 * count.
 *
 * @param drawings compared
 * @param differing drawings with any difference
 * @param visible drawings with a mean difference above 1 of 255
 * @param mean absolute difference over all channels, in 255ths
 * @param largest absolute difference of a channel, in 255ths
 * @param worst index of the drawing with the largest mean difference, and its code points
 * @param worstMean its mean difference, in 255ths
 */
public record SheetDifference(
        int drawings, int differing, int visible, double mean, double largest, String worst, double worstMean) {

    private static final int CHANNELS = 4;
    private static final double OPAQUE = 255;

    /**
     * Compares a sheet with the shipped one of its style.
     *
     * @param codes code points of the drawings, in the order of the sheet
     * @throws IllegalArgumentException if the sheets differ in size
     */
    public static SheetDifference toShipped(BufferedImage sheet, Style style, List<String> codes) {
        return of(sheet, new EmojiSheets().sheet(style), codes);
    }

    /** Compares two sheets. */
    static SheetDifference of(BufferedImage ours, BufferedImage theirs, List<String> codes) {
        if (ours.getWidth() != theirs.getWidth() || ours.getHeight() != theirs.getHeight()) {
            throw new IllegalArgumentException("the shipped sheet is " + theirs.getWidth() + " x " + theirs.getHeight()
                    + " pixels, the one made " + ours.getWidth() + " x " + ours.getHeight()
                    + "; the packages list other emoji than the shipped sheets hold");
        }
        int differing = 0;
        int visible = 0;
        int worst = 0;
        double worstMean = 0;
        double largest = 0;
        double sum = 0;
        for (int i = 0; i < codes.size(); i++) {
            double[] differences = differences(ours, theirs, i);
            double total = 0;
            for (double difference : differences) {
                total += difference;
                largest = Math.max(largest, difference);
            }
            double mean = total / differences.length;
            sum += mean;
            differing += total > 0 ? 1 : 0;
            visible += mean > 1 ? 1 : 0;
            if (mean > worstMean) {
                worst = i;
                worstMean = mean;
            }
        }
        String name = worstMean == 0 ? "" : worst + ": " + codes.get(worst);
        return new SheetDifference(codes.size(), differing, visible, sum / codes.size(), largest, name, worstMean);
    }

    private static double[] differences(BufferedImage ours, BufferedImage theirs, int index) {
        int size = EmojiSheets.SIZE;
        int left = index % EmojiSheets.COLUMNS * size;
        int top = index / EmojiSheets.COLUMNS * size;
        int[] a = ours.getRaster().getPixels(left, top, size, size, (int[]) null);
        int[] b = theirs.getRaster().getPixels(left, top, size, size, (int[]) null);
        double[] differences = new double[a.length];
        for (int at = 0; at < a.length; at += CHANNELS) {
            for (int c = at; c < at + 3; c++) {
                differences[c] = Math.abs(a[c] * a[at + 3] - b[c] * b[at + 3]) / OPAQUE;
            }
            differences[at + 3] = Math.abs(a[at + 3] - b[at + 3]);
        }
        return differences;
    }
}

package org.spdbook.chart;

/** Colours from pale to dark blue for values from low to high; lightness falls all the way, so it survives greyscale. */
final class ColorRamp {

    /** Colour of a missing value. */
    static final String GAP = "#C9C4BE";

    private static final int[] STOPS = {0xEAF3F9, 0xA9D5F0, 0x56B4E9, 0x0072B2, 0x00375A};
    private static final int LEVELS = 32;

    private ColorRamp() {}

    /** The colour of a share of 0 to 1; outside, that of the nearer end; for NaN {@link #GAP}. One of 33 levels. */
    static String of(double share) {
        if (Double.isNaN(share)) {
            return GAP;
        }
        double level = Math.round(Math.max(0, Math.min(1, share)) * LEVELS) / (double) LEVELS;
        double place = level * (STOPS.length - 1);
        int stop = Math.min((int) place, STOPS.length - 2);
        double rest = place - stop;
        StringBuilder color = new StringBuilder("#");
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = STOPS[stop] >> shift & 255;
            int to = STOPS[stop + 1] >> shift & 255;
            int part = (int) Math.round(from + rest * (to - from));
            color.append(Character.toUpperCase(Character.forDigit(part >> 4, 16)));
            color.append(Character.toUpperCase(Character.forDigit(part & 15, 16)));
        }
        return color.toString();
    }
}

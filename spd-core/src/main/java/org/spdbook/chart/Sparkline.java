package org.spdbook.chart;

import java.util.List;

/** A run of values as one line of block characters, for terminals and plain text. */
public final class Sparkline {

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final int WIDTH = 24;

    private Sparkline() {}

    /**
     * One block per value, or per stretch of values if there are more than {@code width}; the mean of a stretch is
     * shown. A gap is a space; equal values are all shown low.
     *
     * @param values the values, NaN for a gap
     * @param width most characters, at least 1
     */
    public static String of(List<Double> values, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("the width of a sparkline must be >= 1, got " + width);
        }
        int places = Math.min(width, values.size());
        double[] means = new double[places];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < places; i++) {
            int from = (int) ((long) i * values.size() / places);
            int to = (int) ((i + 1L) * values.size() / places);
            means[i] = mean(values.subList(from, to));
            if (!Double.isNaN(means[i])) {
                low = Math.min(low, means[i]);
                high = Math.max(high, means[i]);
            }
        }
        StringBuilder line = new StringBuilder();
        for (double mean : means) {
            line.append(Double.isNaN(mean) ? ' ' : block(mean, low, high));
        }
        return line.toString();
    }

    /** The sparkline with smallest, largest and last value: {@code "▇▄▂▁  min 0.4, max 2.1, last 0.41"}. */
    static String describe(List<Double> values) {
        double[] known = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        if (known.length == 0) {
            return "no values";
        }
        double low = known[0];
        double high = known[0];
        for (double value : known) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return of(values, WIDTH) + "  min " + Decimal.significant(low, 4) + ", max " + Decimal.significant(high, 4)
                + ", last " + Decimal.significant(known[known.length - 1], 4);
    }

    private static char block(double value, double low, double high) {
        int level = high > low ? (int) ((value - low) / (high - low) * BLOCKS.length()) : 0;
        return BLOCKS.charAt(Math.min(level, BLOCKS.length() - 1));
    }

    private static double mean(List<Double> values) {
        return values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}

package org.spdbook.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The rank correlation of two lists, in [-1, 1]; equal values share the mean of their ranks. */
public final class Spearman {

    private Spearman() {}

    /**
     * The correlation.
     *
     * @param a values, at least two
     * @param b as many
     * @return NaN if all values of one list are equal
     */
    public static double of(double[] a, double[] b) {
        if (a.length != b.length || a.length < 2) {
            throw new IllegalArgumentException(
                    "a correlation needs two lists of one length of at least 2, got " + a.length + " and " + b.length);
        }
        double[] x = ranks(a);
        double[] y = ranks(b);
        double mean = (a.length + 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xy / Math.sqrt(xx * yy);
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            double shared = (from + 1 + to) / 2.0;
            Arrays.stream(order, from, to).forEach(i -> ranks[i] = shared);
            from = to;
        }
        return ranks;
    }
}

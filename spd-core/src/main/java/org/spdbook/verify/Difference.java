package org.spdbook.verify;

/**
 * The largest difference in one group of results.
 *
 * @param group what was compared
 * @param absolute largest absolute difference
 * @param relative largest difference relative to the largest value of its tensor
 * @param limit how large {@code relative} may be
 */
public record Difference(String group, double absolute, double relative, double limit) {

    /** Nothing compared yet. */
    public static Difference none(String group, double limit) {
        return new Difference(group, 0, 0, limit);
    }

    /** Whether the results agree. NaN never does. */
    public boolean ok() {
        return relative <= limit;
    }

    /**
     * This group with one more tensor in it.
     *
     * @throws IllegalArgumentException if the numbers of values differ
     */
    public Difference and(double[] ours, double[] reference) {
        return and(ours, reference, Float.MIN_NORMAL);
    }

    /**
     * As {@link #and(double[], double[])}, relative to at least a given value: for tensors that are 0 but for the rounding of
     * larger ones.
     */
    Difference and(double[] ours, double[] reference, double least) {
        if (ours.length != reference.length) {
            throw new IllegalArgumentException(
                    group + " has " + ours.length + " values here and " + reference.length + " in the reference");
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < ours.length; i++) {
            largest = Math.max(largest, Math.abs(reference[i]));
            double d = Math.abs(ours[i] - reference[i]);
            difference = Double.isNaN(d) ? Double.NaN : Math.max(difference, d);
        }
        double scaled = difference == 0 ? 0 : difference / Math.max(largest, least);
        return new Difference(group, Math.max(absolute, difference), Math.max(relative, scaled), limit);
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%-40s absolute %.3e  relative %.3e  limit %.0e  %s",
                group,
                absolute,
                relative,
                limit,
                ok() ? "ok" : "DIFFERS");
    }
}

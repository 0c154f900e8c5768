package org.spdbook.eval;

/**
 * A mean with its interval.
 *
 * @param mean over all items and seeds
 * @param low lower end of the interval; NaN where none could be computed
 * @param high upper end
 */
public record Estimate(double mean, double low, double high) {

    /** A mean whose interval is not known. */
    public static Estimate without(double mean) {
        return new Estimate(mean, Double.NaN, Double.NaN);
    }

    /** Whether there is an interval. */
    public boolean hasInterval() {
        return low <= high;
    }
}

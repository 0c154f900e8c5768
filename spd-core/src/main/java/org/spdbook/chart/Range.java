package org.spdbook.chart;

/**
 * An interval of an axis, in the axis' unit.
 *
 * @param low smaller end, finite
 * @param high larger end, finite
 */
public record Range(double low, double high) {

    public Range {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
            throw new IllegalArgumentException(
                    "a range needs two finite ends, the lower one first, got " + low + " to " + high);
        }
    }

    /** Whether {@code value} lies within, both ends included. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** {@code high - low}. */
    public double length() {
        return high - low;
    }
}

package org.spdbook.chart;

import org.jspecify.annotations.Nullable;

/** Finds the range an axis must show for its data. */
final class Extent {

    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private boolean points;

    private Extent() {}

    /** The range of the axis of places (x, or y for lying bars). */
    static Range ofPlaces(Chart chart) {
        Axis axis = chart.placeAxis();
        if (axis.isCategorical()) {
            return new Range(-0.5, axis.categories().size() - 0.5);
        }
        Extent extent = new Extent();
        for (Series one : chart.series()) {
            one.x().forEach(extent::add);
            extent.add(one.across());
            extent.points |=
                    one.kind() == Kind.SCATTER || !one.labels().isEmpty() || one.hasMarkers() && one.interval() != null;
        }
        return extent.range(axis, extent.points ? 0.08 : 0, false);
    }

    /** The range of the axis of values, error bars included. */
    static Range ofValues(Chart chart) {
        Extent extent = new Extent();
        boolean bars = false;
        for (Series one : chart.series()) {
            one.known().forEach(extent::add);
            extent.add(one.interval());
            bars |= one.kind() == Kind.BAR;
            extent.points |= one.kind() == Kind.SCATTER;
        }
        return extent.range(chart.valueAxis(), extent.points ? 0.08 : 0.05, bars);
    }

    private void add(double value) {
        if (!Double.isNaN(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
    }

    private void add(@Nullable Interval interval) {
        if (interval != null) {
            interval.low().forEach(this::add);
            interval.high().forEach(this::add);
        }
    }

    private Range range(Axis axis, double padding, boolean fromZero) {
        if (axis.range() != null) {
            return axis.range();
        }
        if (low > high) {
            return axis.scale() == Scale.LOG ? new Range(1, 10) : new Range(0, 1);
        }
        if (axis.scale() == Scale.LOG) {
            double factor = low == high ? 2 : StrictMath.pow(high / low, padding);
            return new Range(low / factor, high * factor);
        }
        boolean nearZero = low >= 0 && low <= 0.3 * high && padding > 0 && !points;
        double lowest = fromZero || nearZero ? Math.min(0, low) : low;
        double highest = fromZero ? Math.max(0, high) : high;
        if (lowest == highest) {
            double half = lowest == 0 ? 1 : Math.abs(lowest) * 0.1;
            return new Range(lowest - half, highest + half);
        }
        double pad = (highest - lowest) * padding;
        return new Range(lowest == 0 ? 0 : lowest - pad, highest == 0 ? 0 : highest + pad);
    }
}

package org.spdbook.chart;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A named run of values in a chart. Immutable.
 *
 * @param name what the legend says
 * @param kind line, scatter or bars
 * @param x place of each value: a number, or the index of a category; never NaN
 * @param y the values, as many as {@code x}; NaN is a gap
 * @param labels a text at each point, or empty for none
 * @param interval error bars of the values, or null for none
 * @param method key of colour and marker in {@link Palette}
 * @param across error bars of the places, or null for none; of points only
 * @param hollow whether markers are empty and the line dotted: a companion of a filled series of the same method
 */
public record Series(
        String name,
        Kind kind,
        List<Double> x,
        List<Double> y,
        List<String> labels,
        @Nullable Interval interval,
        @Nullable Interval across,
        String method,
        boolean hollow) {

    static final int MOST_MARKERS = 25;

    public Series {
        x = List.copyOf(x);
        y = List.copyOf(y);
        labels = List.copyOf(labels);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a series needs a name for the legend, got none");
        }
        if (y.isEmpty()) {
            throw new IllegalArgumentException("series '" + name + "' has no values; leave it out of the chart");
        }
        checkLength(name, "places (x)", x.size(), y.size());
        if (!labels.isEmpty()) {
            checkLength(name, "labels", labels.size(), y.size());
        }
        if (interval != null) {
            checkLength(name, "error bars", interval.low().size(), y.size());
        }
        if (across != null) {
            checkLength(name, "error bars across", across.low().size(), y.size());
        }
        for (int i = 0; i < y.size(); i++) {
            if (!Double.isFinite(x.get(i)) || y.get(i).isInfinite()) {
                throw new IllegalArgumentException("series '" + name + "' needs finite places and finite values or NaN"
                        + " for a gap, got (" + x.get(i) + ", " + y.get(i) + ") at " + i);
            }
        }
    }

    /** A filled series. */
    public Series(
            String name,
            Kind kind,
            List<Double> x,
            List<Double> y,
            List<String> labels,
            @Nullable Interval interval,
            String method) {
        this(name, kind, x, y, labels, interval, null, method, false);
    }

    private static void checkLength(String name, String what, int found, int wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException("series '" + name + "' has " + wanted + " values but " + found + " "
                    + what + "; give one for each");
        }
    }

    /** A line through {@code (x, y)}; colour and marker by its name. */
    public static Series line(String name, double[] x, double[] y) {
        return new Series(name, Kind.LINE, boxed(x), boxed(y), List.of(), null, name);
    }

    /** Points at {@code (x, y)}; colour and marker by its name. */
    public static Series scatter(String name, double[] x, double[] y) {
        return new Series(name, Kind.SCATTER, boxed(x), boxed(y), List.of(), null, name);
    }

    /** One bar per category, in the order of the axis; colour by its name. */
    public static Series bars(String name, double... values) {
        List<Double> places =
                IntStream.range(0, values.length).mapToObj(i -> (double) i).toList();
        return new Series(name, Kind.BAR, places, boxed(values), List.of(), null, name);
    }

    /** This series with a text at each point. */
    public Series withLabels(List<String> texts) {
        return new Series(name, kind, x, y, texts, interval, across, method, hollow);
    }

    /** This series with error bars. */
    public Series withInterval(Interval bars) {
        return new Series(name, kind, x, y, labels, bars, across, method, hollow);
    }

    /** This series of points with error bars of its places too. */
    public Series withIntervalAcross(Interval bars) {
        return new Series(name, kind, x, y, labels, interval, bars, method, hollow);
    }

    /** This series with the colour and marker of a method, where the name says more than the method. */
    public Series withMethod(String key) {
        return new Series(name, kind, x, y, labels, interval, across, key, hollow);
    }

    /** This series with empty markers and a dotted line. */
    public Series asHollow() {
        return new Series(name, kind, x, y, labels, interval, across, method, true);
    }

    /** Whether each of its points gets a marker: always for points alone, for lines only up to 25 points. */
    public boolean hasMarkers() {
        return kind == Kind.SCATTER || kind == Kind.LINE && size() <= MOST_MARKERS;
    }

    /** Number of values, gaps included. */
    public int size() {
        return y.size();
    }

    /** The values that are not gaps. */
    DoubleStream known() {
        return y.stream().mapToDouble(Double::doubleValue).filter(value -> !Double.isNaN(value));
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}

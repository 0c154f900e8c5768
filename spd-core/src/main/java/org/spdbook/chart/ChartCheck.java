package org.spdbook.chart;

import java.util.List;

/** The rules between the axes and the series of a {@link Chart}. */
final class ChartCheck {

    private ChartCheck() {}

    /** Throws {@link IllegalArgumentException} with one sentence if a rule is broken. */
    static void check(String title, Axis x, Axis y, List<Series> series) {
        if (x.isCategorical() && y.isCategorical()) {
            throw new IllegalArgumentException(
                    "chart '" + title + "' has categories on both axes; use a heat map for that");
        }
        boolean horizontal = y.isCategorical();
        for (Series one : series) {
            checkKind(title, one, x, y);
            checkPlaces(one, horizontal ? y : x);
            checkValues(one, horizontal ? x : y);
        }
    }

    private static void checkKind(String title, Series one, Axis x, Axis y) {
        if (one.kind() == Kind.BAR && !x.isCategorical() && !y.isCategorical()) {
            throw new IllegalArgumentException("bars '" + one.name() + "' of chart '" + title
                    + "' need an axis with categories; make it with Axis.categories");
        }
        if (one.kind() != Kind.BAR && y.isCategorical()) {
            throw new IllegalArgumentException("series '" + one.name() + "' of chart '" + title
                    + "' is not made of bars, so the categories must be on the x axis");
        }
    }

    private static void checkPlaces(Series one, Axis axis) {
        int places = axis.categories().size();
        for (double place : one.x()) {
            if (places > 0 && (place != StrictMath.rint(place) || place < 0 || place >= places)) {
                throw new IllegalArgumentException("series '" + one.name() + "' needs places 0 to " + (places - 1)
                        + ", one for each category of '" + axis.label() + "', got " + place);
            }
            checkPositive(one, axis, place);
        }
        Interval across = one.across();
        if (across != null) {
            if (one.kind() != Kind.SCATTER) {
                throw new IllegalArgumentException("series '" + one.name()
                        + "' has error bars across, which go with points; leave them out or make it a scatter");
            }
            across.low().forEach(low -> checkPositive(one, axis, low));
        }
    }

    private static void checkValues(Series one, Axis axis) {
        if (axis.scale() == Scale.LOG && one.kind() == Kind.BAR) {
            throw new IllegalArgumentException("bars '" + one.name()
                    + "' start at 0, which a log scale does not have; use a linear scale or points");
        }
        one.known().forEach(value -> checkPositive(one, axis, value));
        Interval interval = one.interval();
        if (interval != null) {
            interval.low().forEach(value -> checkPositive(one, axis, value));
        }
    }

    private static void checkPositive(Series one, Axis axis, double value) {
        if (axis.scale() == Scale.LOG && value <= 0) {
            throw new IllegalArgumentException("log axis '" + axis.label() + "' needs values above 0, got " + value
                    + " in series '" + one.name() + "'; use a linear scale or NaN for a gap");
        }
    }
}

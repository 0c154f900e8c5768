package org.spdbook.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One axis of a chart.
 *
 * @param label what it measures: {@code "loss"}
 * @param unit its unit, shown in brackets behind the label: {@code "%"}; empty for counts and pure numbers
 * @param scale linear or logarithmic
 * @param range the part that is shown, or null to fit the data
 * @param categories names of its places 0, 1, 2 ...; empty for an axis of numbers
 */
public record Axis(
        String label, String unit, Scale scale, @Nullable Range range, List<String> categories) {

    public Axis {
        categories = List.copyOf(categories);
        if (scale == Scale.LOG && !categories.isEmpty()) {
            throw new IllegalArgumentException(
                    "axis '" + label + "' has categories and a log scale; categories need a linear one");
        }
        if (scale == Scale.LOG && range != null && range.low() <= 0) {
            throw new IllegalArgumentException("the range of log axis '" + label + "' must start above 0, got "
                    + range.low() + "; choose a positive end or a linear scale");
        }
        if (!categories.isEmpty() && range != null) {
            throw new IllegalArgumentException("axis '" + label + "' has categories and a range; leave the range out");
        }
    }

    /** An axis of numbers with equal steps. */
    public static Axis linear(String label, String unit) {
        return new Axis(label, unit, Scale.LINEAR, null, List.of());
    }

    /** An axis of positive numbers with equal ratios. */
    public static Axis log(String label, String unit) {
        return new Axis(label, unit, Scale.LOG, null, List.of());
    }

    /** An axis of named places. */
    public static Axis categories(String label, List<String> categories) {
        if (categories.isEmpty()) {
            throw new IllegalArgumentException("axis '" + label + "' needs at least one category, got none");
        }
        return new Axis(label, "", Scale.LINEAR, null, categories);
    }

    /** This axis showing {@code low} to {@code high} only. */
    public Axis withRange(double low, double high) {
        return new Axis(label, unit, scale, new Range(low, high), categories);
    }

    /** Whether its places are named. */
    public boolean isCategorical() {
        return !categories.isEmpty();
    }

    /** Label and unit as they are printed: {@code "accuracy (%)"}. */
    public String text() {
        return unit.isEmpty() ? label : label + " (" + unit + ")";
    }
}

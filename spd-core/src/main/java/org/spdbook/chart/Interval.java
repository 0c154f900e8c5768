package org.spdbook.chart;

import java.util.Arrays;
import java.util.List;

/**
 * The error bars of a series: one interval per value, in the value's unit.
 *
 * @param name what the bars are, printed under the chart: {@code "90 % interval over 3 seeds"}
 * @param low lower ends (not distances), NaN where there is none
 * @param high upper ends, NaN where there is none
 */
public record Interval(String name, List<Double> low, List<Double> high) {

    public Interval {
        low = List.copyOf(low);
        high = List.copyOf(high);
        if (name.isBlank()) {
            throw new IllegalArgumentException("error bars must say what they are, e.g. '90 % interval', got no name");
        }
        if (low.size() != high.size()) {
            throw new IllegalArgumentException("error bars '" + name + "' need as many lower as upper ends, got "
                    + low.size() + " and " + high.size());
        }
        for (int i = 0; i < low.size(); i++) {
            if (low.get(i) > high.get(i)
                    || low.get(i).isInfinite()
                    || high.get(i).isInfinite()) {
                throw new IllegalArgumentException("error bar " + i + " of '" + name
                        + "' needs finite ends, the lower one first, got " + low.get(i) + " to " + high.get(i));
            }
        }
    }

    /** Error bars from arrays of lower and upper ends. */
    public static Interval of(String name, double[] low, double[] high) {
        return new Interval(
                name,
                Arrays.stream(low).boxed().toList(),
                Arrays.stream(high).boxed().toList());
    }

    /** Whether there is a bar at {@code index}. */
    boolean isKnown(int index) {
        return !low.get(index).isNaN() && !high.get(index).isNaN();
    }
}

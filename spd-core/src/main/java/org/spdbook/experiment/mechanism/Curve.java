package org.spdbook.experiment.mechanism;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.eval.Estimate;

/**
 * Some values with a name, as a chart shows them.
 *
 * @param name what they are, or whose
 * @param points at least one
 */
public record Curve(String name, List<Point> points) {

    public Curve {
        points = List.copyOf(points);
    }

    /**
     * One value.
     *
     * @param place such as a layer, a size or a class
     * @param value in the unit of the chart
     * @param low lower end of its interval; null where it has none
     * @param high upper end
     */
    public record Point(
            String place,
            double value,
            @Nullable Double low,
            @Nullable Double high) {

        static Point of(String place, double value) {
            return new Point(place, value, null, null);
        }

        static Point of(String place, Estimate estimate) {
            return estimate.hasInterval()
                    ? new Point(place, estimate.mean(), estimate.low(), estimate.high())
                    : of(place, estimate.mean());
        }
    }
}

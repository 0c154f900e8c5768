package org.spdbook.experiment.mechanism;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Interval;
import org.spdbook.chart.Series;
import org.spdbook.experiment.Known;

/** The mechanism as charts. */
public final class MechanismCharts {

    private static final String OURS = "adam-spd";
    private static final String INTERVAL = "90 % interval over seeds and test examples";

    private MechanismCharts() {}

    /**
     * One view.
     *
     * @param kind a word of {@link Mechanism#KINDS}
     * @throws IllegalArgumentException if there is no such view
     */
    public static Chart of(Mechanism mechanism, String kind) {
        Known.require("view", kind, Mechanism.KINDS);
        List<Curve> curves = Objects.requireNonNull(mechanism.curves().get(kind));
        Chart chart = switch (kind) {
            case "depth" -> standing(curves, "How often and how far layers are pulled back", "", "%");
            case "size" -> standing(curves, "Pulled back by the size of a tensor", "elements of the tensor", "%");
            case "time" -> standing(curves, "Pulled back over the training", "tenth of the training", "%");
            case "batch" -> standing(curves, "Pulled back by the size of a batch", "examples per step", "%");
            case "layer" -> standing(curves, "Distance from the pre-trained weights by layer", "", "L2");
            default -> gains(curves.get(0));
        };
        return chart.withNote((kind.equals("layer") || kind.equals("class") ? "" : "Ratio: r of eq. 9, in percent. ")
                + mechanism.experiment() + " twin, means over domains and seeds 0 to 2, rate 1e-3, lambda 1; "
                + mechanism.runs() + " runs of revision "
                + mechanism.made().getOrDefault("revision", "unknown") + ".");
    }

    private static Chart standing(List<Curve> curves, String title, String place, String unit) {
        List<String> places =
                curves.get(0).points().stream().map(Curve.Point::place).toList();
        String value = unit.equals("%") ? "share of the tensors, or ratio" : "deviation at the end";
        Chart chart = Chart.of(title, Axis.categories(place, places), Axis.linear(value, unit), ends(curves, unit));
        for (Curve curve : curves) {
            chart = chart.with(
                    curve.name().equals(Selections.OFTEN) ? bars(curve).withMethod(OURS) : bars(curve));
        }
        return chart;
    }

    private static Series bars(Curve curve) {
        return Series.bars(
                curve.name(),
                curve.points().stream().mapToDouble(Curve.Point::value).toArray());
    }

    private static String ends(List<Curve> curves, String unit) {
        StringBuilder text = new StringBuilder();
        for (Curve curve : curves) {
            Curve.Point first = curve.points().get(0);
            Curve.Point last = curve.points().get(curve.points().size() - 1);
            text.append(String.format(
                    Locale.ROOT,
                    "%s%s: %s %s (%s) to %s %s (%s)",
                    text.isEmpty() ? "" : "; ",
                    curve.name(),
                    number(first.value(), unit),
                    unit,
                    first.place(),
                    number(last.value(), unit),
                    unit,
                    last.place()));
        }
        return text.append('.').toString();
    }

    private static String number(double value, String unit) {
        return String.format(Locale.ROOT, unit.equals("%") ? "%.0f" : "%.2f", value);
    }

    private static Chart gains(Curve curve) {
        List<Curve.Point> points = curve.points();
        long gaining = points.stream().filter(point -> point.value() > 0).count();
        long sure = points.stream()
                .filter(point -> point.low() != null && point.low() > 0)
                .count();
        long losing = points.stream()
                .filter(point -> point.high() != null && point.high() < 0)
                .count();
        Curve.Point most = points.get(0);
        Curve.Point least = points.stream()
                .min(Comparator.comparingDouble(Curve.Point::value))
                .orElseThrow();
        Series bars = bars(curve).withMethod(OURS);
        return Chart.of(
                        "OOD accuracy by class: Adam-SPD minus AdamW",
                        Axis.linear("difference", "points"),
                        Axis.categories(
                                "", points.stream().map(Curve.Point::place).toList()),
                        String.format(
                                Locale.ROOT,
                                "%d of %d classes gain, %d of them surely, %d surely lose; from %+.1f (%s) to %+.1f (%s).",
                                gaining,
                                points.size(),
                                sure,
                                losing,
                                most.value(),
                                most.place(),
                                least.value(),
                                least.place()))
                .with(bars.withInterval(Interval.of(
                        INTERVAL,
                        points.stream().mapToDouble(point -> end(point.low())).toArray(),
                        points.stream().mapToDouble(point -> end(point.high())).toArray())));
    }

    private static double end(@org.jspecify.annotations.Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}

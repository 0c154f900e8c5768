package org.spdbook.experiment.table;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Interval;
import org.spdbook.chart.Series;
import org.spdbook.eval.Estimate;

/** Comparisons as charts. */
public final class ComparisonCharts {

    private static final String INTERVALS =
            "90 % interval over seeds and test examples, and over pre-trainings where there are several";

    private ComparisonCharts() {}

    /**
     * One pair of lying bars per comparison: by how many points of OOD and of ID accuracy the second method is above the first.
     *
     * @param title whose differences
     * @param second name of the second method
     * @param names of the first methods, one per comparison
     * @param pairs at least one
     */
    public static Chart differences(String title, String second, List<String> names, List<Comparison> pairs) {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("a chart of differences needs two methods with runs of the same domains"
                    + " and seeds, got none; look at the table first");
        }
        Chart chart = Chart.of(
                title,
                Axis.linear("difference in accuracy", "points"),
                Axis.categories("against", names),
                message(names, pairs));
        chart = chart.with(bars("OOD", "adam-spd", pairs, Comparison::ood));
        for (String group : pairs.get(0).groups().keySet()) {
            chart = chart.with(bars(
                    group,
                    group,
                    pairs,
                    pair -> Objects.requireNonNull(pair.groups().get(group))));
        }
        return chart.with(bars("ID", "id", pairs, Comparison::id))
                .withNote("Right of 0: " + second + " is the more accurate. "
                        + pairs.stream().mapToInt(Comparison::n).max().orElse(0) + " pairs (domain, seed) each.");
    }

    private static Series bars(
            String name, String method, List<Comparison> pairs, Function<Comparison, Estimate> value) {
        List<Estimate> all = pairs.stream().map(value).toList();
        Series bars = Series.bars(name, all.stream().mapToDouble(Estimate::mean).toArray())
                .withMethod(method);
        return all.stream().anyMatch(Estimate::hasInterval)
                ? bars.withInterval(Interval.of(
                        INTERVALS,
                        all.stream().mapToDouble(Estimate::low).toArray(),
                        all.stream().mapToDouble(Estimate::high).toArray()))
                : bars;
    }

    private static String message(List<String> names, List<Comparison> pairs) {
        String all = java.util.stream.IntStream.range(0, names.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT, "%+.1f against %s", pairs.get(i).ood().mean(), names.get(i)))
                .collect(Collectors.joining("; ", "Points of OOD accuracy: ", "."));
        return all.length() <= Chart.LONGEST_MESSAGE
                ? all
                : "Points of OOD accuracy against " + names.size() + " others, from "
                        + text(pairs.stream()
                                .mapToDouble(pair -> pair.ood().mean())
                                .min()
                                .orElseThrow())
                        + " to "
                        + text(pairs.stream()
                                .mapToDouble(pair -> pair.ood().mean())
                                .max()
                                .orElseThrow())
                        + ".";
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%+.1f", value);
    }
}

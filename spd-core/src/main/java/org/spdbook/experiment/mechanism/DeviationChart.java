package org.spdbook.experiment.mechanism;

import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Series;
import org.spdbook.eval.Spearman;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;

/** OOD accuracy against the distance from the pre-trained weights, over all runs of a world: do they go together? */
public final class DeviationChart {

    private static final int FEWEST = 4;

    private DeviationChart() {}

    /**
     * A point per setting, the mean over its runs; in the text the rank correlations over all settings, over those of a method, and
     * over the means of methods.
     *
     * @param runs of one world; each key counts once
     * @throws IllegalArgumentException if no method has four settings
     */
    public static Chart of(List<Run> runs) {
        Map<String, List<List<Run>>> methods = methods(runs);
        Map<String, List<List<Run>>> large = new LinkedHashMap<>(methods);
        large.values().removeIf(own -> own.size() < FEWEST);
        if (large.isEmpty()) {
            throw new IllegalArgumentException("plot mechanism --by deviation needs a method with " + FEWEST
                    + " settings among the runs that the software brings, found none; choose another world");
        }
        List<List<Run>> small = flat(methods.values().stream().filter(own -> own.size() < FEWEST));
        Chart chart = Chart.of(
                "OOD accuracy against the distance from the pre-trained weights",
                Axis.log("deviation", "L2"),
                Axis.linear("mean accuracy, unseen (OOD)", "%"),
                message(methods, large));
        for (Map.Entry<String, List<List<Run>>> method : large.entrySet()) {
            chart = chart.with(points(method.getKey(), method.getValue()));
        }
        if (!small.isEmpty()) {
            chart = chart.with(points("methods with fewer settings", small));
        }
        return chart.withNote(
                "A point is a setting, the mean over its domains and seeds. Rank correlations within methods: "
                        + large.entrySet().stream()
                                .map(method -> method.getKey() + " " + signed(correlation(settings(method.getValue()))))
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    private static String message(Map<String, List<List<Run>>> methods, Map<String, List<List<Run>>> large) {
        DoubleSummaryStatistics within = large.values().stream()
                .mapToDouble(own -> correlation(settings(own)))
                .summaryStatistics();
        List<List<Run>> all = flat(methods.values().stream());
        String text =
                "Rank correlation of OOD accuracy with deviation: " + signed(correlation(settings(all))) + " over "
                        + all.size() + " settings; from " + signed(within.getMin()) + " to " + signed(within.getMax())
                        + " within " + large.size() + " methods";
        return methods.size() < 2
                ? text + "."
                : text + "; " + signed(correlation(means(methods.values()))) + " over the means of " + methods.size()
                        + " methods.";
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.2f", value);
    }

    /** The settings of each method, with their runs. */
    private static Map<String, List<List<Run>>> methods(List<Run> runs) {
        Map<Setting, List<Run>> settings = runs.stream()
                .collect(Collectors.toMap(Run::key, Function.identity(), (one, same) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .collect(Collectors.groupingBy(Setting::of, LinkedHashMap::new, Collectors.toList()));
        Map<String, List<List<Run>>> methods = new LinkedHashMap<>();
        settings.forEach((setting, own) -> methods.computeIfAbsent(setting.family(), any -> new ArrayList<>())
                .add(own));
        return methods;
    }

    private static List<List<Run>> flat(Stream<List<List<Run>>> methods) {
        return methods.flatMap(List::stream).toList();
    }

    private static Series points(String name, List<List<Run>> settings) {
        List<Point> points = settings(settings);
        return Series.scatter(
                        name,
                        points.stream().mapToDouble(Point::deviation).toArray(),
                        points.stream().mapToDouble(Point::ood).toArray())
                .withMethod(name);
    }

    private record Point(double deviation, double ood) {

        static Point mean(List<Point> points) {
            return new Point(
                    points.stream().mapToDouble(Point::deviation).average().orElseThrow(),
                    points.stream().mapToDouble(Point::ood).average().orElseThrow());
        }
    }

    private static List<Point> settings(List<List<Run>> settings) {
        return settings.stream()
                .map(runs -> Point.mean(runs.stream()
                        .map(run -> new Point(run.deviation(), run.ood()))
                        .toList()))
                .toList();
    }

    private static List<Point> means(Collection<List<List<Run>>> methods) {
        return methods.stream().map(own -> Point.mean(settings(own))).toList();
    }

    private static double correlation(List<Point> points) {
        return Spearman.of(
                points.stream().mapToDouble(Point::deviation).toArray(),
                points.stream().mapToDouble(Point::ood).toArray());
    }
}

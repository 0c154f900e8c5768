package org.spdbook.experiment.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Series;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.World;

/** A table as bars by test set. */
public final class SetCharts {

    private static final int MOST = 6;

    private SetCharts() {}

    /**
     * Per test set a bar for each of up to six methods, with its mean over the runs that ID validation chooses: the first of the table,
     * Adam-SPD, and the others with the highest mean over the unseen sets.
     *
     * @throws IllegalArgumentException if no method has several settings to choose from
     */
    public static Chart bySet(Table table) {
        Map<String, List<Run>> methods = new LinkedHashMap<>();
        table.considered().stream()
                .map(run -> Setting.of(run).family())
                .distinct()
                .forEach(family -> methods.put(family, table.chosen(family, Choice.ID_VALIDATION)));
        methods.values().removeIf(List::isEmpty);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException(
                    "plot corruptions draws methods tuned over several settings, the table has"
                            + " none; choose one such as imagenet-table3");
        }
        String metric = World.metric(table.experiment());
        List<Run> any = methods.values().iterator().next();
        List<String> sets = List.copyOf(any.get(0).scores().keySet());
        List<String> shown = shown(methods);
        Chart chart = Chart.of(
                "Test sets of " + table.experiment() + ", tuned on ID validation",
                Axis.categories("test set", sets),
                Axis.linear(metric, "%"),
                message(methods));
        for (String method : shown) {
            List<Run> runs = methods.getOrDefault(method, List.of());
            chart = chart.with(Series.bars(
                            method,
                            sets.stream().mapToDouble(set -> mean(runs, set)).toArray())
                    .withMethod(Setting.of(runs.get(0)).method()));
        }
        return chart.withNote("Means over " + any.size() + " seeds"
                + (shown.size() < methods.size()
                        ? "; of " + methods.size() + " methods the first, Adam-SPD, and the best on the others."
                        : "."));
    }

    private static double mean(List<Run> runs, String set) {
        return runs.stream().mapToDouble(run -> run.accuracy(set)).average().orElse(Double.NaN);
    }

    private static double ood(List<Run> runs) {
        return runs.stream().mapToDouble(Run::ood).average().orElse(Double.NaN);
    }

    /** In the order of the table. */
    private static List<String> shown(Map<String, List<Run>> methods) {
        String first = methods.keySet().iterator().next();
        List<String> best = methods.keySet().stream()
                .sorted(java.util.Comparator.<String>comparingDouble(
                                method -> method.equals(first) || method.equals("adam-spd") ? 0 : 1)
                        .thenComparingDouble(method -> -ood(methods.getOrDefault(method, List.of()))))
                .limit(MOST)
                .toList();
        return methods.keySet().stream().filter(best::contains).toList();
    }

    private static String message(Map<String, List<Run>> methods) {
        String best = methods.keySet().stream()
                .max(java.util.Comparator.comparingDouble(method -> ood(methods.getOrDefault(method, List.of()))))
                .orElseThrow();
        String first = methods.keySet().iterator().next();
        return String.format(
                Locale.ROOT,
                "Mean over the unseen sets, tuned: %.1f %% with %s, the highest, and %.1f %% with %s.",
                ood(methods.getOrDefault(best, List.of())),
                best,
                ood(methods.getOrDefault(first, List.of())),
                first);
    }
}

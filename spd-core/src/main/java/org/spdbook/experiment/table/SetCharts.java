package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Series;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.SetGroups;
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
        SetGroups groups = table.groups();
        List<String> places = new ArrayList<>(sets);
        groups.names().forEach(name -> places.add("mean of " + name));
        List<String> shown = shown(methods);
        Chart chart = Chart.of(
                "Test sets of " + table.experiment() + ", tuned on ID validation",
                Axis.categories("test set", places),
                Axis.linear(metric, "%"),
                message(methods));
        for (String method : shown) {
            List<Run> runs = methods.getOrDefault(method, List.of());
            double[] bars = DoubleStream.concat(
                            sets.stream().mapToDouble(set -> mean(runs, run -> run.accuracy(set))),
                            groups.sets().values().stream().mapToDouble(group -> mean(runs, run -> run.mean(group))))
                    .toArray();
            chart = chart.with(
                    Series.bars(method, bars).withMethod(Setting.of(runs.get(0)).method()));
        }
        return chart.withNote("Means over " + any.size() + " seeds"
                + (shown.size() < methods.size()
                        ? "; of " + methods.size() + " methods the first, Adam-SPD, and the best on the others."
                        : "."));
    }

    private static double mean(List<Run> runs, ToDoubleFunction<Run> value) {
        return runs.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static double ood(List<Run> runs) {
        return mean(runs, Run::ood);
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

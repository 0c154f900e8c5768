package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.World;

/** A table by test set and by kind of example, for people; methods are tuned on ID validation. */
final class SetGrids {

    private SetGrids() {}

    /** Per method the means on each test set over the runs that ID validation chooses, and those without training where they are known. */
    static Grid bySet(Table table) {
        List<String> sets = List.copyOf(table.considered().get(0).scores().keySet());
        List<String> header = new ArrayList<>(List.of("method"));
        sets.forEach(set -> header.add(set + " %"));
        header.add("OOD %");
        GroupColumns groups = GroupColumns.of(table);
        header.addAll(groups.percents());
        header.addAll(List.of("mean %", "deviation"));
        header.addAll(table.measures());
        List<List<String>> rows = new ArrayList<>();
        List<Run> all = table.considered();
        if (all.stream().allMatch(run -> run.zeroShot().keySet().containsAll(sets))) { // those of a file do not tell
            List<String> untrained = bySet(
                    World.untrained(table.experiment()), all, means(sets, all, run -> run.zeroShot()::get), groups);
            untrained.add("0.00");
            table.measures().forEach(name -> untrained.add("-"));
            rows.add(untrained);
        }
        TableGrids.budgets(table).keySet().forEach(family -> {
            List<Run> runs = table.chosen(family, Choice.ID_VALIDATION);
            if (!runs.isEmpty()) {
                List<String> row = bySet(family, runs, means(sets, runs, run -> run.scores()::get), groups);
                row.add(TableGrids.mean("%.2f", runs, Run::deviation));
                table.measures().forEach(name -> row.add(TableGrids.measure(runs, name)));
                rows.add(row);
            }
        });
        return Grid.of(header, rows)
                .withCaption("By test set, tuned: for each seed the setting with the highest ID validation "
                        + World.metric(table.experiment()))
                .withNote("Mean: of all test sets, the one trained on included.");
    }

    /** Per method the means on each kind of examples of a test set over the runs that ID validation chooses. */
    static Grid byKind(Table table, String set) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("method"));
        TableGrids.budgets(table).keySet().forEach(family -> {
            Map<String, Double> means = table.byKind(table.chosen(family, Choice.ID_VALIDATION));
            if (!means.isEmpty()) {
                if (header.size() == 1) {
                    means.keySet().forEach(kind -> header.add(kind + " %"));
                    header.add("mean %");
                }
                List<String> row = new ArrayList<>(List.of(family));
                means.values().forEach(mean -> row.add(TableGrids.fixed("%.1f", mean)));
                row.add(TableGrids.fixed(
                        "%.1f",
                        means.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElse(Double.NaN)));
                rows.add(row);
            }
        });
        return Grid.of(header, rows).withCaption("By kind of example of " + set + ", tuned likewise");
    }

    /** Means over runs by test set, in percent. */
    private static Map<String, Double> means(
            List<String> sets, List<Run> runs, Function<Run, Function<String, Double>> scores) {
        Map<String, Double> means = new LinkedHashMap<>();
        sets.forEach(set -> means.put(
                set,
                runs.stream()
                        .mapToDouble(run -> scores.apply(run).apply(set))
                        .average()
                        .orElseThrow()));
        return means;
    }

    private static List<String> bySet(String method, List<Run> runs, Map<String, Double> means, GroupColumns groups) {
        List<String> row = new ArrayList<>(List.of(method));
        double sum = 0;
        double ood = 0;
        String trainedOn = runs.get(0).spec().trainedOn();
        long others =
                means.keySet().stream().filter(set -> !set.equals(trainedOn)).count();
        for (Map.Entry<String, Double> set : means.entrySet()) {
            double mean = set.getValue();
            row.add(TableGrids.fixed("%.1f", mean));
            sum += mean / means.size();
            ood += set.getKey().equals(trainedOn) ? 0 : mean / others;
        }
        row.add(TableGrids.fixed("%.1f", ood));
        groups.groups()
                .sets()
                .values()
                .forEach(sets -> row.add(TableGrids.fixed(
                        "%.1f",
                        sets.stream()
                                .mapToDouble(set -> means.getOrDefault(set, Double.NaN))
                                .average()
                                .orElse(Double.NaN))));
        row.add(TableGrids.fixed("%.1f", sum));
        return row;
    }
}

package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;

/** A table whose rows have names, for people: means per row, and the first row against each of the others. */
public final class NamedGrids {

    private NamedGrids() {}

    /**
     * Means, then the differences.
     *
     * @param plan with names
     * @param table with runs of its settings
     */
    public static List<Grid> of(TablePlan plan, Table table, String caption, List<String> notes) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < plan.names().size(); i++) {
            Setting setting = plan.settings().get(i);
            List<Run> runs = table.bySetting().getOrDefault(setting, List.of());
            rows.add(List.of(
                    plan.names().get(i),
                    setting.toString(),
                    TableGrids.mean("%.1f", runs, Run::id),
                    TableGrids.mean("%.1f", runs, Run::ood),
                    TableGrids.mean("%.2f", runs, Run::deviation),
                    Integer.toString(runs.size())));
        }
        Grid means = Grid.of(List.of("row", "setting", "ID %", "OOD %", "deviation", "n"), rows)
                .withCaption(caption);
        for (String note : notes) {
            means = means.withNote(note);
        }
        List<Pair> pairs = pairs(plan, table);
        if (pairs.isEmpty()) {
            return List.of(means);
        }
        Grid differences = Grid.of(
                        List.of(plan.names().get(0) + " against", "ID", "OOD", "deviation ratio", "better OOD in"),
                        pairs.stream()
                                .map(pair -> List.of(
                                        pair.name(),
                                        TableGrids.estimate(
                                                "%+.1f", pair.found().id()),
                                        TableGrids.estimate(
                                                "%+.1f", pair.found().ood()),
                                        TableGrids.estimate("%.2f", pair.found().deviation()),
                                        pair.found().wins() + " of "
                                                + pair.found().n()))
                                .toList())
                .withNote(TableGrids.intervals(table));
        return List.of(means, differences);
    }

    /**
     * The differences of {@link #of} as a chart.
     *
     * @throws IllegalArgumentException if the table has no runs to compare
     */
    public static Chart differences(TablePlan plan, Table table) {
        List<Pair> pairs = pairs(plan, table);
        return ComparisonCharts.differences(
                plan.names().get(0) + " minus others, " + table.experiment(),
                plan.names().get(0),
                pairs.stream().map(Pair::name).toList(),
                pairs.stream().map(Pair::found).toList());
    }

    private record Pair(String name, Comparison found) {}

    private static List<Pair> pairs(TablePlan plan, Table table) {
        List<Pair> pairs = new ArrayList<>();
        String first = plan.settings().get(0).toString();
        for (int i = 1; i < plan.names().size(); i++) {
            String name = plan.names().get(i);
            Optional<Comparison> found = table.compare(plan.settings().get(i).toString(), first, Choice.SAME_RATE);
            found.ifPresent(pair -> pairs.add(new Pair(name, pair)));
        }
        return pairs;
    }
}

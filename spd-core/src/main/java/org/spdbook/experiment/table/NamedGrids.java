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
        GroupColumns groups = GroupColumns.of(table);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < plan.names().size(); i++) {
            Setting setting = plan.settings().get(i);
            List<Run> runs = table.bySetting().getOrDefault(setting, List.of());
            rows.add(GroupColumns.row(
                    List.of(
                            plan.names().get(i),
                            setting.toString(),
                            TableGrids.mean("%.1f", runs, Run::id),
                            TableGrids.mean("%.1f", runs, Run::ood)),
                    groups.means(runs),
                    List.of(TableGrids.mean("%.2f", runs, Run::deviation), Integer.toString(runs.size()))));
        }
        List<String> header = GroupColumns.row(
                List.of("row", "setting", "ID %", "OOD %"), groups.percents(), List.of("deviation", "n"));
        Grid means = Grid.of(header, rows).withCaption(caption);
        for (String note : notes) {
            means = means.withNote(note);
        }
        List<Pair> pairs = pairs(plan, table);
        if (pairs.isEmpty()) {
            return List.of(means);
        }
        return List.of(means, differences(plan.names().get(0), pairs, groups).withNote(TableGrids.intervals(table)));
    }

    private static Grid differences(String first, List<Pair> pairs, GroupColumns groups) {
        return Grid.of(
                GroupColumns.row(
                        List.of(first + " against", "ID", "OOD"),
                        groups.names(),
                        List.of("deviation ratio", "better OOD in")),
                pairs.stream().map(pair -> differences(pair, groups)).toList());
    }

    private static List<String> differences(Pair pair, GroupColumns groups) {
        Comparison found = pair.found();
        return GroupColumns.row(
                List.of(
                        pair.name(),
                        TableGrids.estimate("%+.1f", found.id()),
                        TableGrids.estimate("%+.1f", found.ood())),
                groups.differences(found),
                List.of(TableGrids.estimate("%.2f", found.deviation()), found.wins() + " of " + found.n()));
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

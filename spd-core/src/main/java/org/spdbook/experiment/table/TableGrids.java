package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.spdbook.chart.Grid;
import org.spdbook.eval.Estimate;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.World;

/** A table of runs for people: means per setting, comparisons with intervals, and what tuning would have chosen. */
public final class TableGrids {

    private TableGrids() {}

    /** What the intervals of comparisons are. */
    static String intervals(Table table) {
        boolean several = table.runs().stream()
                        .map(run -> run.spec().pretrained())
                        .distinct()
                        .count()
                > 1;
        return "In brackets: 90 % interval over " + (several ? "pre-trainings, " : "")
                + "seeds and test examples (over "
                + (several ? "pre-trainings and " : "") + "pairs for the ratio)."
                + (several ? "" : " One pre-trained model stands behind all runs.");
    }

    /** Means per setting, and the comparisons where there are any. */
    public static List<Grid> of(Table table, String caption, List<String> notes) {
        List<String> measures = table.measures();
        GroupColumns groups = GroupColumns.of(table);
        List<String> header = GroupColumns.row(
                List.of("method", "rate", "lambda", "ID %", "OOD %"),
                groups.percents(),
                List.of("deviation"),
                measures,
                List.of("n"));
        List<List<String>> rows = new ArrayList<>();
        table.bySetting().forEach((setting, runs) -> {
            List<String> row = GroupColumns.row(
                    List.of(
                            setting.method(),
                            Grid.rate(setting.lr()),
                            Grid.number(setting.lambda(), 3),
                            mean("%.1f", runs, Run::id),
                            mean("%.1f", runs, Run::ood)),
                    groups.means(runs),
                    List.of(mean("%.2f", runs, Run::deviation)));
            measures.forEach(name -> row.add(measure(runs, name)));
            row.add(Integer.toString(runs.size()));
            rows.add(row);
        });
        Grid summary = Grid.of(header, rows).withCaption(caption);
        for (String note : notes) {
            summary = summary.withNote(note);
        }
        if (table.considered().stream().noneMatch(Run::hasId)) {
            summary = summary.withNote(
                    "What was trained on is no test set: there is no ID score, and OOD is the mean of all test sets.");
        }
        if (!groups.names().isEmpty()) {
            summary = summary.withNote(groups.groups().note());
        }
        if (!table.considered().isEmpty()) {
            for (String warning : World.warnings(table.considered().get(0).spec())) {
                summary = summary.withNote(warning);
            }
        }
        List<Grid> grids = new ArrayList<>(List.of(summary));
        List<Comparison> comparisons = table.comparisons();
        if (!comparisons.isEmpty()) {
            grids.add(comparisons(table, comparisons));
        }
        if (table.isOfOneDomain()) {
            grids.add(SetGrids.bySet(table));
        }
        String kindsOf = table.kindsOf();
        if (!kindsOf.isEmpty()) {
            grids.add(SetGrids.byKind(table, kindsOf));
        }
        grids.removeIf(grid -> grid.rows().isEmpty()); // nothing to tune
        return grids;
    }

    /** One row per comparison. */
    static Grid comparisons(Table table, List<Comparison> comparisons) {
        boolean retention = comparisons.stream()
                .noneMatch(row -> Double.isNaN(row.retention().mean()));
        GroupColumns groups = GroupColumns.of(table);
        List<String> header = GroupColumns.row(
                List.of("setting", "methods", "ID", "OOD"), groups.names(), List.of("deviation ratio"));
        if (retention) {
            header.add(OpenWorld.RETENTION + " ratio");
        }
        header.add("better OOD in");
        List<List<String>> rows = comparisons.stream()
                .map(row -> {
                    List<String> cells = GroupColumns.row(
                            List.of(
                                    row.choice().words(),
                                    row.a() + " -> " + row.b(),
                                    estimate("%+.1f", row.id()),
                                    estimate("%+.1f", row.ood())),
                            groups.differences(row),
                            List.of(estimate("%.2f", row.deviation())));
                    if (retention) {
                        cells.add(estimate("%.2f", row.retention()));
                    }
                    cells.add(row.wins() + " of " + row.n());
                    return cells;
                })
                .toList();
        return Grid.of(header, rows).withNote(intervals(table));
    }

    /** The mean of a measure over runs, as text; {@code -} if one of them has none. */
    static String measure(List<Run> runs, String name) {
        double mean = runs.stream()
                .mapToDouble(run -> run.measures().getOrDefault(name, Double.NaN))
                .average()
                .orElse(Double.NaN);
        return Double.isNaN(mean) ? "-" : fixed("%.2f", mean);
    }

    /** {@code +1.5 [+0.9, +2.1]}; without brackets where there is no interval. */
    public static String estimate(String format, Estimate estimate) {
        String mean = fixed(format, estimate.mean());
        return estimate.hasInterval()
                ? mean + " [" + fixed(format, estimate.low()) + ", " + fixed(format, estimate.high()) + "]"
                : mean;
    }

    /** Per method the means over the runs that ID validation chooses for each domain and seed, and what it chose. */
    public static Grid tuned(Table table) {
        Map<String, Integer> budgets = budgets(table);
        Grid grid = chosen(table, Choice.ID_VALIDATION)
                .withCaption("Tuned: for each domain and seed the setting with the highest ID validation "
                        + World.metric(table.experiment()));
        return new TreeSet<>(budgets.values()).size() > 1
                ? grid.withNote("The budgets differ; compare methods that were tuned over equally many settings only.")
                : grid;
    }

    /** As {@link #tuned}, by OOD accuracy; its caption says that this is no fair choice. */
    public static Grid hindsight(Table table) {
        return chosen(table, Choice.HINDSIGHT)
                .withCaption("IN HINDSIGHT, CHOSEN BY OOD "
                        + World.metric(table.experiment()).toUpperCase(Locale.ROOT)
                        + ": looks at the answer, never to be reported as tuned");
    }

    /** How many settings each method has. */
    static Map<String, Integer> budgets(Table table) {
        Map<String, Integer> budgets = new LinkedHashMap<>();
        table.bySetting().keySet().forEach(setting -> budgets.merge(setting.family(), 1, Integer::sum));
        return budgets;
    }

    private static Grid chosen(Table table, Choice choice) {
        GroupColumns groups = GroupColumns.of(table);
        List<List<String>> rows = new ArrayList<>();
        budgets(table).forEach((family, budget) -> {
            List<Run> runs = table.chosen(family, choice);
            if (!runs.isEmpty()) {
                rows.add(GroupColumns.row(
                        List.of(
                                family,
                                Integer.toString(budget),
                                mean("%.1f", runs, Run::id),
                                mean("%.1f", runs, Run::ood)),
                        groups.means(runs),
                        List.of(mean("%.2f", runs, Run::deviation), picks(runs))));
            }
        });
        return Grid.of(
                GroupColumns.row(
                        List.of("method", "settings tried", "ID %", "OOD %"),
                        groups.percents(),
                        List.of("deviation", "chosen")),
                rows);
    }

    private static String picks(List<Run> runs) {
        Map<String, Long> counts = runs.stream()
                .map(Setting::of)
                .map(setting -> setting.toString()
                        .substring(setting.optimizer().length())
                        .strip())
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " x" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The mean of a value over runs, as text; {@code -} for none. */
    public static String mean(String format, List<Run> runs, ToDoubleFunction<Run> value) {
        return fixed(format, runs.stream().mapToDouble(value).average().orElse(Double.NaN));
    }

    static String fixed(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}

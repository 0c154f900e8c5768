package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;

/** A grid of rates and strengths for people: what a method gives over all rates, at its worst one, and when all is tuned. */
public final class RateGrids {

    private static final String OURS = "adam-spd";

    private RateGrids() {}

    /** Whether each method of a table was run at several rates, each at the same several strengths. */
    public static boolean fits(Table table) {
        Map<String, List<Setting>> families = families(table);
        return !families.isEmpty()
                && families.values().stream().allMatch(settings -> {
                    long rates = settings.stream().map(Setting::lr).distinct().count();
                    long strengths =
                            settings.stream().map(one -> one.at(0)).distinct().count();
                    return rates > 1 && strengths > 1 && rates * strengths == settings.size();
                });
    }

    private static Map<String, List<Setting>> families(Table table) {
        return table.bySetting().keySet().stream()
                .collect(Collectors.groupingBy(Setting::family, LinkedHashMap::new, Collectors.toList()));
    }

    /** The runs of a grid at the strength that ID validation chooses for each method, at all rates. */
    public static List<Run> atChosenStrength(Table table) {
        return families(table).keySet().stream()
                .flatMap(family -> table.chosen(family, Choice.RATE_RANGE).stream())
                .toList();
    }

    /** Means per method, Adam-SPD against each of the others, and what tuning on ID validation misses. */
    public static List<Grid> of(Table table, String caption, List<String> notes) {
        Grid means = means(table).withCaption(caption);
        for (String note : notes) {
            means = means.withNote(note);
        }
        List<Comparison> comparisons = comparisons(table);
        return comparisons.isEmpty()
                ? List.of(means, missed(table))
                : List.of(means, TableGrids.comparisons(table, comparisons), missed(table));
    }

    private static Grid means(Table table) {
        GroupColumns groups = GroupColumns.of(table);
        List<List<String>> rows = new ArrayList<>();
        families(table).forEach((family, settings) -> {
            RateRange range = RateRange.chosen(table.settings(family));
            List<Run> worst = range.worst();
            rows.add(GroupColumns.row(
                    List.of(
                            family,
                            Integer.toString(settings.size()),
                            range.label().substring(family.length()).replaceFirst("^,? *", ""),
                            TableGrids.mean("%.1f", range.runs(), Run::ood)),
                    groups.means(range.runs()),
                    List.of(
                            TableGrids.mean("%.1f", range.runs(), Run::id),
                            TableGrids.mean("%.1f", worst, Run::ood) + " at "
                                    + Grid.rate(worst.get(0).spec().lr()),
                            TableGrids.mean("%.1f", table.chosen(family, Choice.ID_VALIDATION), Run::ood),
                            TableGrids.mean("%.1f", table.chosen(family, Choice.HINDSIGHT), Run::ood))));
        });
        return Grid.of(
                        GroupColumns.row(
                                List.of("method", "settings", "strength", "OOD %, all rates"),
                                groups.percents().stream()
                                        .map(percent -> percent + ", all rates")
                                        .toList(),
                                List.of("ID %, all rates", "OOD %, worst rate", "OOD %, tuned", "OOD %, hindsight")),
                        rows)
                .withNote("Strength: one for all rates, that with the highest ID validation accuracy. Tuned: rate and"
                        + " strength by ID validation for each domain and seed. Hindsight: the one setting that is best"
                        + " on OOD, never to be reported as tuned.");
    }

    private static List<Comparison> comparisons(Table table) {
        List<String> rivals = families(table).keySet().stream()
                .filter(family -> !family.equals(OURS))
                .toList();
        return Stream.of(Choice.RATE_RANGE, Choice.WORST_RATE, Choice.ID_VALIDATION)
                .flatMap(choice -> rivals.stream().flatMap(rival -> table.compare(rival, OURS, choice).stream()))
                .toList();
    }

    /** How many points of OOD accuracy lie between the setting that ID validation chooses and the best, as the grid widens. */
    static Grid missed(Table table) {
        List<Double> rates = List.copyOf(new TreeSet<>(
                table.considered().stream().map(run -> run.spec().lr()).toList()));
        List<String> header = new ArrayList<>(List.of("rates tried"));
        header.addAll(families(table).keySet());
        List<List<String>> rows = new ArrayList<>();
        for (int around = 0; around <= rates.size() / 2; around++) {
            int middle = rates.size() / 2;
            List<Double> some = rates.subList(middle - around, Math.min(rates.size(), middle + around + 1));
            Table narrow = new Table(
                    table.experiment(),
                    table.profile(),
                    table.domains(),
                    table.runs().stream()
                            .filter(run -> some.contains(run.spec().lr()))
                            .toList());
            List<String> row =
                    new ArrayList<>(List.of(some.stream().map(Grid::rate).collect(Collectors.joining(", "))));
            families(table).keySet().forEach(family -> row.add(TableGrids.fixed("%.1f", missed(narrow, family))));
            rows.add(row);
        }
        return Grid.of(header, rows)
                .withCaption("Points of OOD accuracy missed by tuning on ID validation, at all strengths")
                .withNote("Mean OOD accuracy of the one setting best in hindsight, less that of the settings which ID"
                        + " validation chooses.");
    }

    private static double missed(Table table, String family) {
        return mean(table.chosen(family, Choice.HINDSIGHT)) - mean(table.chosen(family, Choice.ID_VALIDATION));
    }

    private static double mean(List<Run> runs) {
        return runs.stream().mapToDouble(Run::ood).average().orElse(Double.NaN);
    }
}

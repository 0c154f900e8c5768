package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.spdbook.chart.Grid;

/** Tables of runs. */
public final class RunGrids {

    private static final String TESTED = "tested on";
    private static final String MEAN = " mean";

    private RunGrids() {}

    private static String honest(Run run) {
        World twin = World.all().get(run.spec().experiment());
        return "One seed proves nothing: repeat with --seed, or see spd table " + (twin == null ? 1 : twin.table())
                + ".";
    }

    /** Accuracy per test set of one run beside that before training, where there is any. */
    public static Grid accuracy(Run run) {
        boolean before = !run.zeroShot().isEmpty();
        List<List<String>> rows = new ArrayList<>();
        run.scores()
                .forEach((set, score) -> rows.add(line(
                        set.equals(run.spec().trainedOn()) ? set + " (ID)" : set,
                        before,
                        run.zeroShot().getOrDefault(set, Double.NaN),
                        score)));
        rows.add(line(run.meanName(), before, run.oodBefore(), run.ood()));
        SetGroups groups = SetGroups.of(run);
        groups.sets()
                .forEach((name, sets) -> rows.add(line(name + MEAN, before, run.meanBefore(sets), run.mean(sets))));
        String untrained = World.untrained(run.spec().experiment()) + " %";
        Grid grid = Grid.of(before ? List.of(TESTED, untrained, "trained %") : List.of(TESTED, "trained %"), rows)
                .withCaption(run.spec().experiment() + " " + run.spec().profile() + ", " + run.label() + ", trained on "
                        + run.spec().trainedOn() + ", seed " + run.spec().seed())
                .withNote(String.format(
                        Locale.ROOT,
                        "Deviation from the pre-trained weights %.2f (L2); %d steps in %.1f CPU s%s.",
                        run.deviation(),
                        run.losses().size(),
                        run.cpuSeconds(),
                        run.name().isEmpty() ? "" : "; run " + run.name()))
                .withNote(honest(run));
        if (!groups.names().isEmpty()) {
            grid = grid.withNote(groups.note());
        }
        for (String warning : World.warnings(run.spec())) {
            grid = grid.withNote(warning);
        }
        return run.measures().isEmpty() ? grid : grid.withNote(measures(run));
    }

    /** What else was measured: {@code Also measured: retention loss 0.90, training accuracy 96.88.} */
    private static String measures(Run run) {
        return run.measures().entrySet().stream()
                .map(one -> String.format(Locale.ROOT, "%s %.2f", one.getKey(), one.getValue()))
                .collect(Collectors.joining(", ", "Also measured: ", "."));
    }

    private static List<String> line(String set, boolean before, double untrained, double trained) {
        return before ? List.of(set, percent(untrained), percent(trained)) : List.of(set, percent(trained));
    }

    /** Runs side by side: one column per run, one row per test set. */
    public static Grid comparison(List<Run> runs) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException("a comparison needs at least two runs, got " + runs.size());
        }
        Run first = runs.get(0);
        if (runs.stream()
                .anyMatch(run -> !run.spec().experiment().equals(first.spec().experiment()))) {
            throw new IllegalArgumentException("these runs are of different experiments; compare runs of one");
        }
        List<String> header =
                new ArrayList<>(List.of(TESTED, World.untrained(first.spec().experiment()) + " %"));
        runs.forEach(run -> header.add(run.label() + " %"));
        List<List<String>> rows = new ArrayList<>();
        for (String set : first.scores().keySet()) {
            List<String> row =
                    new ArrayList<>(List.of(set, percent(first.zeroShot().getOrDefault(set, Double.NaN))));
            runs.forEach(run ->
                    row.add(percent(run.accuracy(set)) + (set.equals(run.spec().trainedOn()) ? " ID" : "")));
            rows.add(row);
        }
        rows.add(row(
                first.meanName(),
                percent(first.oodBefore()),
                runs.stream().map(run -> percent(run.ood())).toList()));
        SetGroups.of(first.spec().experiment(), first.spec().profile(), runs)
                .sets()
                .forEach((name, sets) -> rows.add(row(
                        name + MEAN,
                        percent(first.meanBefore(sets)),
                        runs.stream().map(run -> percent(run.mean(sets))).toList())));
        rows.add(row(
                first.hasId() ? "ID validation" : "validation",
                "-",
                runs.stream().map(run -> percent(run.validation())).toList()));
        rows.add(row(
                "deviation",
                "0",
                runs.stream().map(run -> Grid.number(run.deviation(), 3)).toList()));
        runs.stream()
                .flatMap(run -> run.measures().keySet().stream())
                .distinct()
                .forEach(name -> rows.add(row(
                        name,
                        "-",
                        runs.stream()
                                .map(run -> run.measures().getOrDefault(name, Double.NaN))
                                .map(value -> Double.isNaN(value) ? "-" : Grid.number(value, 3))
                                .toList())));
        return Grid.of(header, rows).withCaption("Runs side by side").withNote(honest(first));
    }

    /**
     * Adam-SPD against AdamW in three ways: at the same rate, each with the rate that was best on ID validation, and each with
     * the rate that is best on the unseen domains in hindsight.
     */
    public static Grid verdict(List<Run> runs) {
        List<List<String>> rows = new ArrayList<>();
        SetGroups groups = runs.isEmpty()
                ? new SetGroups(Map.of())
                : SetGroups.of(
                        runs.get(0).spec().experiment(), runs.get(0).spec().profile(), runs);
        List<Run> base = runs.stream()
                .filter(run -> run.spec().optimizer().equals("adamw"))
                .toList();
        List<Run> ours = runs.stream()
                .filter(run -> run.spec().optimizer().equals("adam-spd"))
                .toList();
        for (Run a : base) {
            ours.stream()
                    .filter(b -> a.spec().lr() == b.spec().lr() && a.isPairedWith(b))
                    .forEach(
                            b -> rows.add(pair("same rate " + Grid.rate(a.spec().lr()), a, b, groups)));
        }
        if (base.size() > 1 && ours.size() > 1) {
            rows.add(pair("tuned on ID validation", best(base, false), best(ours, false), groups));
            rows.add(pair("best rate in hindsight", best(base, true), best(ours, true), groups));
        }
        List<String> header =
                new ArrayList<>(List.of("comparison", "adamw ID / OOD %", "adam-spd ID / OOD %", "OOD difference"));
        groups.names().forEach(name -> header.add(name + " difference"));
        header.add("deviation ratio");
        return Grid.of(header, rows)
                .withCaption("Adam-SPD against AdamW")
                .withNote(
                        rows.size() > 1
                                ? honest(runs.get(0))
                                : "Same rate only: give at least two rates of each method for the tuned columns. "
                                        + honest(runs.get(0)));
    }

    private static Run best(List<Run> runs, boolean hindsight) {
        return runs.stream()
                .max(java.util.Comparator.comparingDouble(run -> hindsight ? run.ood() : run.validation()))
                .orElseThrow();
    }

    private static List<String> pair(String name, Run a, Run b, SetGroups groups) {
        List<String> row = new ArrayList<>(List.of(
                name,
                percent(a.id()) + " / " + percent(a.ood()),
                percent(b.id()) + " / " + percent(b.ood()),
                difference(b.ood() - a.ood())));
        groups.sets().values().forEach(sets -> row.add(difference(b.mean(sets) - a.mean(sets))));
        row.add(Grid.number(b.deviation() / a.deviation(), 3));
        return row;
    }

    private static String difference(double points) {
        return String.format(Locale.ROOT, "%+.1f", points);
    }

    private static List<String> row(String name, String before, List<String> cells) {
        List<String> row = new ArrayList<>(List.of(name, before));
        row.addAll(cells);
        return row;
    }

    private static String percent(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }
}

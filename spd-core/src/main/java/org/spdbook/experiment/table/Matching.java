package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spdbook.experiment.Finish;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.World;

/**
 * Finds the controls of a world: for each way to end nearer to the pre-trained weights the one number at which the mean final
 * deviation is that of Adam-SPD at rate 1e-3 and lambda 1. Solved on the first seed, all domains.
 *
 * @param world where
 * @param runner trains plans and gives their runs in order, with their histories
 */
public record Matching(World world, Function<List<Plan>, List<Run>> runner) {

    private static final double RATE = 1e-3;
    private static final int MOST = 10;
    private static final double LOPSIDED = .15;

    /** Share of the deviation that may be missed. */
    private static final double NEAR = 0.015;

    /** Trains what is needed and solves. */
    public Controls solve() {
        var spd = Setting.of("adam-spd", RATE, 1);
        List<Run> reference = runs(spd);
        double aim = mean(reference);
        List<Controls.Row> rows = new ArrayList<>(List.of(Controls.Row.of("adam-spd", spd, aim)));
        add(rows, "adamw", Setting.of("adamw", RATE, 0));
        rows.add(solved("always", .1, 1, aim, lambda -> selecting("always", lambda)));
        String random = "random(" + numbers(reference, run -> tensor -> selected(run, tensor), "%.3f") + ")";
        rows.add(solved("random", .1, 8, aim, lambda -> selecting(random, lambda)));
        add(rows, "random, lambda 1", selecting(random, 1));
        rows.add(solved("inverted", .1, 4, aim, lambda -> selecting("inverted", lambda)));
        rows.add(solved("lower rate", RATE / 10, RATE, aim, lr -> Setting.of("adamw", lr, 0)));
        add(rows, "shrunk", finished(String.format(Locale.ROOT, "shrink(%.4f)", aim)));
        String each = numbers(reference, run -> tensor -> run.deviations().get(tensor), "%.4f");
        add(rows, "shrunk per tensor", finished("shrink-each(" + each + ")"));
        add(rows, "wise-ft 0.75", finished("wise(0.75)"));
        return new Controls(world.name(), aim, rows);
    }

    private static Setting selecting(String selection, double lambda) {
        return new Setting("adam-spd", RATE, lambda, Map.of("selection", selection));
    }

    private static Setting finished(String finish) {
        return new Setting(
                "adamw", RATE, 0, Map.of("finish", Finish.parse(finish).toString())); // as runs have it
    }

    private void add(List<Controls.Row> rows, String name, Setting setting) {
        rows.add(Controls.Row.of(name, setting, mean(runs(setting))));
    }

    /**
     * The control at which the deviation is nearest to the aim, searched between two values of its number by interpolating the
     * logarithms, or halving them. Out of reach it is the nearer end.
     */
    private Controls.Row solved(String name, double low, double high, double aim, DoubleFunction<Setting> control) {
        Controls.Row a = Controls.Row.of(name, control.apply(low), mean(runs(control.apply(low))));
        Controls.Row b = Controls.Row.of(name, control.apply(high), mean(runs(control.apply(high))));
        double x = low;
        double y = high;
        for (int i = 0; i < MOST && !isNear(a, aim) && !isNear(b, aim); i++) {
            double share = Math.log(a.deviation() / aim) / Math.log(a.deviation() / b.deviation());
            if (!(share > 0 && share < 1)) {
                break;
            }
            boolean lopsided = share < LOPSIDED || share > 1 - LOPSIDED; // interpolating would creep
            double between = rounded(x * Math.pow(y / x, lopsided ? .5 : share));
            Controls.Row middle = Controls.Row.of(name, control.apply(between), mean(runs(control.apply(between))));
            if (middle.deviation() > aim == a.deviation() > aim) {
                a = middle;
                x = between;
            } else {
                b = middle;
                y = between;
            }
        }
        return Math.abs(Math.log(a.deviation() / aim)) < Math.abs(Math.log(b.deviation() / aim)) ? a : b;
    }

    private static boolean isNear(Controls.Row row, double aim) {
        return Math.abs(row.deviation() / aim - 1) < NEAR;
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.2e", value));
    }

    private List<Run> runs(Setting setting) {
        List<String> usual = TablePlan.usual(world);
        List<String> domains = usual.isEmpty() ? world.trainable() : usual;
        return runner.apply(domains.stream()
                .map(domain -> Plan.of(setting.on(world.name(), world.profile(), domain, 0)))
                .toList());
    }

    private static double mean(List<Run> runs) {
        return runs.stream().mapToDouble(Run::deviation).average().orElseThrow();
    }

    /** A number per tensor in the mean over runs, as text. */
    private static String numbers(List<Run> runs, Function<Run, IntToDoubleFunction> value, String format) {
        int tensors = runs.get(0).history().tensors().size();
        return IntStream.range(0, tensors)
                .mapToObj(tensor -> String.format(
                        Locale.ROOT,
                        format,
                        runs.stream()
                                .mapToDouble(run -> value.apply(run).applyAsDouble(tensor))
                                .average()
                                .orElseThrow()))
                .collect(Collectors.joining(" "));
    }

    /** Share of the reported steps in which a tensor was pulled back. */
    private static double selected(Run run, int tensor) {
        return run.history().reportedAfterFirst().stream()
                .mapToDouble(entry -> entry.reports().get(tensor).selected() ? 1 : 0)
                .average()
                .orElse(0);
    }
}

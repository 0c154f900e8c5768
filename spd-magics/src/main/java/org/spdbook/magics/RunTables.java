package org.spdbook.magics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.spdbook.experiment.Run;
import org.spdbook.optim.TensorReport;
import org.spdbook.train.LogEntry;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Runs as tablesaw tables, for everything that the ready charts do not show.
 *
 * <pre>{@code
 * Table losses = RunTables.losses(base);
 * Table scores = RunTables.scores(base, spd);
 * }</pre>
 */
public final class RunTables {

    private RunTables() {}

    /** Columns {@code step}, {@code loss}, {@code lr}; one row per step. */
    public static Table losses(Run run) {
        List<LogEntry> entries = run.history().entries();
        return Table.create(
                "losses of " + run.label(),
                IntColumn.create(
                        "step", entries.stream().mapToInt(LogEntry::step).toArray()),
                DoubleColumn.create(
                        "loss", entries.stream().mapToDouble(LogEntry::loss).toArray()),
                DoubleColumn.create(
                        "lr", entries.stream().mapToDouble(LogEntry::lr).toArray()));
    }

    /** Columns {@code method}, {@code lr}, {@code lambda}, {@code trained_on}, {@code seed}, then one per test set. */
    public static Table scores(Run... runs) {
        List<Run> all = List.of(runs);
        Table table = Table.create(
                "scores",
                StringColumn.create("method", all.stream().map(run -> run.spec().optimizer())),
                DoubleColumn.create(
                        "lr", all.stream().mapToDouble(run -> run.spec().lr()).toArray()),
                DoubleColumn.create(
                        "lambda",
                        all.stream().mapToDouble(run -> run.spec().lambda()).toArray()),
                StringColumn.create(
                        "trained_on", all.stream().map(run -> run.spec().trainedOn())),
                IntColumn.create(
                        "seed",
                        all.stream().mapToInt(run -> (int) run.spec().seed()).toArray()));
        Set<String> sets = new LinkedHashSet<>();
        all.forEach(run -> sets.addAll(run.scores().keySet()));
        for (String set : sets) {
            table.addColumns(DoubleColumn.create(
                    set,
                    all.stream()
                            .mapToDouble(run -> run.scores().getOrDefault(set, Double.NaN))
                            .toArray()));
        }
        return table.addColumns(DoubleColumn.create(
                "deviation", all.stream().mapToDouble(Run::deviation).toArray()));
    }

    /**
     * What the optimiser did at the steps that were reported: columns {@code step}, {@code tensor}, {@code condition}, {@code
     * selected}, {@code ratio}, {@code deviation}; one row per step and tensor. Optimisers that select nothing report
     * condition and ratio 0.
     */
    public static Table reports(Run run) {
        List<Integer> steps = new ArrayList<>();
        List<String> tensors = new ArrayList<>();
        List<TensorReport> reports = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        List<String> names = run.history().tensors();
        for (LogEntry entry : run.history().reported()) {
            for (int i = 0; i < names.size(); i++) {
                steps.add(entry.step());
                tensors.add(names.get(i));
                reports.add(
                        entry.reports().isEmpty()
                                ? TensorReport.NONE
                                : entry.reports().get(i));
                deviations.add(entry.deviations().get(i));
            }
        }
        return Table.create(
                "reports of " + run.label(),
                IntColumn.create(
                        "step", steps.stream().mapToInt(Integer::intValue).toArray()),
                StringColumn.create("tensor", tensors),
                DoubleColumn.create(
                        "condition",
                        reports.stream().mapToDouble(TensorReport::condition).toArray()),
                BooleanColumn.create(
                        "selected", reports.stream().map(TensorReport::selected).toList()),
                DoubleColumn.create(
                        "ratio",
                        reports.stream().mapToDouble(TensorReport::ratio).toArray()),
                DoubleColumn.create(
                        "deviation",
                        deviations.stream().mapToDouble(Double::doubleValue).toArray()));
    }
}

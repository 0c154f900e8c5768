package org.spdbook.experiment.mechanism;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.spdbook.experiment.Layer;
import org.spdbook.experiment.Run;
import org.spdbook.optim.TensorReport;
import org.spdbook.train.LogEntry;

/**
 * How often tensors were pulled back, and by how much, at the steps that runs reported.
 *
 * @param runs of Adam-SPD with their histories, of one model
 */
record Selections(List<Run> runs) {

    /** Name of the curve of shares. */
    static final String OFTEN = "pulled back";

    private static final String RATIO = "ratio r where pulled back";
    private static final int PARTS = 10;

    /** One report of one tensor. */
    private record Report(Run run, LogEntry entry, int tensor, TensorReport report) {

        /** Tenth of the training in which it was, from 1. */
        int part() {
            int steps = run.history()
                    .entries()
                    .get(run.history().entries().size() - 1)
                    .step();
            return Math.min(PARTS, 1 + PARTS * (entry.step() - 1) / steps);
        }
    }

    private List<Report> reports() {
        List<Report> all = new ArrayList<>();
        for (Run run : runs) {
            for (LogEntry entry : run.history().reportedAfterFirst()) {
                for (int tensor = 0; tensor < entry.reports().size(); tensor++) {
                    all.add(new Report(run, entry, tensor, entry.reports().get(tensor)));
                }
            }
        }
        return all;
    }

    /** Share of reports with a pull, and mean ratio of these, both in percent, by group in the order of the keys. */
    private <K extends Comparable<K>> List<Curve> by(Function<Report, K> group, Function<K, String> name) {
        Map<K, List<TensorReport>> groups = new TreeMap<>();
        reports()
                .forEach(one -> groups.computeIfAbsent(group.apply(one), any -> new ArrayList<>())
                        .add(one.report()));
        List<Curve.Point> often = new ArrayList<>();
        List<Curve.Point> ratio = new ArrayList<>();
        groups.forEach((key, own) -> {
            often.add(Curve.Point.of(
                    name.apply(key),
                    100
                            * own.stream()
                                    .mapToDouble(one -> one.selected() ? 1 : 0)
                                    .average()
                                    .orElse(0)));
            ratio.add(Curve.Point.of(
                    name.apply(key),
                    100
                            * own.stream()
                                    .filter(TensorReport::selected)
                                    .mapToDouble(TensorReport::ratio)
                                    .average()
                                    .orElse(0)));
        });
        return List.of(new Curve(OFTEN, often), new Curve(RATIO, ratio));
    }

    /** By layer, from the input to the output. */
    List<Curve> byDepth() {
        List<Layer> layers = Layer.of(runs.get(0).history().tensors());
        Map<Integer, Integer> layerOf = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            for (int tensor : layers.get(i).tensors()) {
                layerOf.put(tensor, i);
            }
        }
        return by(
                report -> layerOf.getOrDefault(report.tensor(), 0),
                layer -> layers.get(layer).name());
    }

    /**
     * By the number of elements of a tensor, in powers of ten.
     *
     * @param sizes by name
     */
    List<Curve> bySize(Map<String, Long> sizes) {
        return by(
                report -> {
                    String tensor = report.run().history().tensors().get(report.tensor());
                    return (int) Math.floor(Math.log10(sizes.getOrDefault(tensor, 1L)));
                },
                power -> "1e" + power + " to 1e" + (power + 1));
    }

    /** By tenths of the training. */
    List<Curve> byTime() {
        return by(Report::part, part -> Integer.toString(part));
    }

    /** By the number of examples of a step. */
    List<Curve> byBatch() {
        return by(
                report -> Integer.parseInt(report.run().spec().settings().getOrDefault("batch", "0")),
                batch -> Integer.toString(batch));
    }
}

package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.HeatMap;
import org.spdbook.chart.Range;
import org.spdbook.chart.Series;
import org.spdbook.eval.Mean;
import org.spdbook.optim.TensorReport;
import org.spdbook.train.LogEntry;

/** Charts of runs layer by layer; see {@link Layer} for what a layer is. They need runs with a history. */
public final class LayerCharts {

    private static final int MOST_SETTINGS = 8;

    private LayerCharts() {}

    /**
     * Distance of every layer from its pre-trained weights at the last step that was reported, bars per setting; the mean
     * with its standard error where a setting was run on several pairs of domain and seed.
     *
     * @throws IllegalArgumentException if a run has no history, the models differ, or there are too many settings
     */
    public static Chart deviation(List<Run> runs) {
        List<SettingRuns> settings = SettingRuns.of(runs);
        if (settings.size() > MOST_SETTINGS) {
            throw new IllegalArgumentException("plot layers takes runs of at most " + MOST_SETTINGS + " settings, got "
                    + settings.size() + "; choose some of them");
        }
        runs.forEach(LayerCharts::requireHistory);
        List<String> tensors = runs.get(0).history().tensors();
        runs.stream()
                .filter(run -> !run.history().tensors().equals(tensors))
                .findFirst()
                .ifPresent(run -> {
                    throw new IllegalArgumentException(
                            "plot layers takes runs of one model, got " + run.name() + " with "
                                    + run.history().tensors().size() + " trained tensors beside "
                                    + runs.get(0).name() + " with " + tensors.size() + "; plot them apart");
                });
        List<Layer> layers = Layer.of(tensors);
        Chart chart = Chart.of(
                "Distance from the pre-trained weights, layer by layer",
                Axis.linear("deviation at the end", "L2"),
                Axis.categories("", layers.stream().map(Layer::name).toList()),
                farthest(settings, layers));
        for (SettingRuns one : settings) {
            List<Mean> means = layers.stream()
                    .map(layer -> one.mean(run -> layer.deviation(run)))
                    .toList();
            Series bars = Series.bars(
                            one.setting().label(),
                            means.stream().mapToDouble(Mean::value).toArray())
                    .withMethod(one.setting().rule());
            chart = chart.with(one.runs().size() < 2 ? bars : bars.withInterval(SettingRuns.errorBars(means)));
        }
        return chart.withNote("A layer of more weights can go farther. " + SettingRuns.pairs(settings));
    }

    private static String farthest(List<SettingRuns> settings, List<Layer> layers) {
        List<String> parts = new ArrayList<>();
        for (SettingRuns one : settings) {
            Layer most = layers.stream()
                    .max(Comparator.comparingDouble(
                            layer -> one.mean(run -> layer.deviation(run)).value()))
                    .orElseThrow();
            parts.add(String.format(
                    Locale.ROOT,
                    "%s moves most in %s (%.2f)",
                    one.setting().label(),
                    most.name(),
                    one.mean(run -> most.deviation(run)).value()));
        }
        return SettingCharts.listed("", parts, "; ");
    }

    /**
     * How much of every layer was pulled back at the steps that were reported: the share of its tensors that were selected.
     *
     * @throws IllegalArgumentException if the run has no history, or its optimiser selects nothing
     */
    public static Chart selection(Run run) {
        requireHistory(run);
        List<LogEntry> entries = selecting(run);
        List<Layer> layers = Layer.of(run.history().tensors());
        double[][] shares = new double[layers.size()][entries.size()];
        int most = 0;
        for (int row = 0; row < layers.size(); row++) {
            for (int column = 0; column < entries.size(); column++) {
                shares[row][column] = share(entries.get(column), layers.get(row));
            }
            most = sum(shares[row]) > sum(shares[most]) ? row : most;
        }
        double mean = entries.stream().mapToDouble(LogEntry::selected).average().orElse(0);
        String message = String.format(
                Locale.ROOT,
                "%s pulls back %.0f %% of the tensors at an average step, most in %s (%.0f %%).",
                run.label(),
                100 * mean,
                layers.get(most).name(),
                100 * sum(shares[most]) / entries.size());
        List<String> steps =
                entries.stream().map(entry -> Integer.toString(entry.step())).toList();
        List<String> names = layers.stream().map(Layer::name).toList();
        return Chart.of(
                        "Layers pulled back: " + run.label(),
                        Axis.linear("step", ""),
                        Axis.linear("layer", ""),
                        message)
                .withHeatMap(HeatMap.of(names, steps, shares, "share of the layer's tensors", new Range(0, 1)));
    }

    /** The steps at which it was reported what was selected; refuses a run in which nothing ever was. */
    static List<LogEntry> selecting(Run run) {
        List<LogEntry> entries = run.history().entries().stream()
                .filter(entry -> !entry.reports().isEmpty())
                .toList();
        if (entries.isEmpty() || entries.stream().allMatch(entry -> entry.selected() == 0)) {
            throw new IllegalArgumentException("run " + run.name() + " with "
                    + run.spec().optimizer() + " pulled no tensor back; choose one with adam-spd");
        }
        return entries;
    }

    private static double share(LogEntry entry, Layer layer) {
        long selected = layer.tensors().stream()
                .map(entry.reports()::get)
                .filter(TensorReport::selected)
                .count();
        return (double) selected / layer.tensors().size();
    }

    private static double sum(double[] values) {
        return java.util.Arrays.stream(values).sum();
    }

    private static void requireHistory(Run run) {
        if (run.history().reported().isEmpty()) {
            throw new IllegalArgumentException("run " + run.label() + " on "
                    + run.spec().trainedOn() + " has no history of its tensors, as runs of a stored table have none;"
                    + " train it with: spd train " + run.spec().experiment());
        }
    }
}

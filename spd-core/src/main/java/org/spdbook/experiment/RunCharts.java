package org.spdbook.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Grid;
import org.spdbook.chart.HeatMap;
import org.spdbook.chart.Range;
import org.spdbook.chart.Series;
import org.spdbook.train.History;
import org.spdbook.train.LogEntry;

/** Charts of runs. The message of each says what can be read off, with the numbers. */
public final class RunCharts {

    private static final int MOST_CURVES = 8;

    private RunCharts() {}

    /** Loss over steps, smoothed over an eighth of the run, one curve per run. */
    public static Chart loss(List<Run> runs) {
        require(runs);
        Run lowest = runs.stream()
                .min(Comparator.comparingDouble(run -> lastLoss(run.history())))
                .orElseThrow();
        String message = runs.size() == 1
                ? text("The loss of %s ends at %.3f.", lowest.label(), lastLoss(lowest.history()))
                : text("The lowest loss at the end is that of %s, %.3f.", lowest.label(), lastLoss(lowest.history()));
        Chart chart = Chart.of("Loss while fine-tuning", Axis.linear("step", ""), Axis.linear("loss", "nats"), message);
        for (Run run : runs) {
            chart = chart.with(lossCurve(
                    label(run, runs), Setting.of(run).rule(), run.history().entries()));
        }
        return chart.withNote("Mean over " + window(runs.get(0).losses().size()) + " steps.");
    }

    /** The loss of a run that is not at its end. */
    public static Chart liveLoss(String title, String method, List<LogEntry> entries, int steps) {
        Axis axis = Axis.linear("step", "").withRange(0, Math.max(1, steps));
        LogEntry last = entries.get(entries.size() - 1);
        return Chart.of(
                        title,
                        axis,
                        Axis.linear("loss", "nats"),
                        text("Loss %.3f after step %d of %d.", last.loss(), last.step(), steps))
                .with(lossCurve(method, method, entries));
    }

    private static Series lossCurve(String name, String method, List<LogEntry> entries) {
        int window = window(entries.size());
        double[] x = entries.stream().mapToDouble(LogEntry::step).toArray();
        double[] y = new double[x.length];
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += entries.get(i).loss()
                    - (i >= window ? entries.get(i - window).loss() : 0);
            y[i] = sum / Math.min(i + 1, window);
        }
        return Series.line(name, x, y).withMethod(method);
    }

    private static int window(int steps) {
        return Math.max(1, steps / 8);
    }

    private static double lastLoss(History history) {
        List<Double> losses = history.losses();
        return losses.subList(Math.max(0, losses.size() - window(losses.size())), losses.size()).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /** Mean accuracy on the unseen domains over that on the domain trained on, one point per run, and zero-shot. */
    public static Chart frontier(List<Run> runs) {
        require(runs);
        SettingCharts.requireId(runs);
        Run best = runs.stream().max(Comparator.comparingDouble(Run::ood)).orElseThrow();
        Chart chart = Chart.of(
                "Unseen domains against the domain trained on",
                Axis.linear(SettingCharts.metric(runs) + ", trained on (ID)", "%"),
                Axis.linear(SettingCharts.unseen(runs), "%"),
                text(
                        "The best unseen-domain %s is that of %s: OOD %.1f %%, ID %.1f %%.",
                        SettingCharts.metric(runs), best.label(), best.ood(), best.id()));
        List<String> methods =
                runs.stream().map(run -> run.spec().optimizer()).distinct().toList();
        for (String method : methods) {
            List<Run> own = runs.stream()
                    .filter(run -> run.spec().optimizer().equals(method))
                    .toList();
            chart = chart.with(Series.scatter(
                            method,
                            own.stream().mapToDouble(Run::id).toArray(),
                            own.stream().mapToDouble(Run::ood).toArray())
                    .withLabels(
                            own.stream().map(run -> Grid.rate(run.spec().lr())).toList()));
        }
        Run first = runs.get(0);
        double idBefore = first.zeroShot().getOrDefault(first.spec().trainedOn(), Double.NaN);
        if (Double.isFinite(idBefore) && runs.stream().allMatch(run -> sameTest(run, first))) {
            chart = chart.with(Series.scatter("zero-shot", new double[] {idBefore}, new double[] {first.oodBefore()}));
        }
        return chart.withNote("Labels: learning rate. One point is one run; one seed proves nothing.");
    }

    /** Distance from the pre-trained weights over steps, one curve per run. */
    public static Chart deviation(List<Run> runs) {
        require(runs);
        Run least =
                runs.stream().min(Comparator.comparingDouble(Run::deviation)).orElseThrow();
        Chart chart = Chart.of(
                "Distance from the pre-trained weights",
                Axis.linear("step", ""),
                Axis.linear("deviation", "L2"),
                text("%s stays nearest, at a distance of %.2f.", least.label(), least.deviation()));
        for (Run run : runs) {
            List<LogEntry> entries = run.history().reported();
            chart = chart.with(Series.line(
                            label(run, runs),
                            entries.stream().mapToDouble(LogEntry::step).toArray(),
                            entries.stream().mapToDouble(LogEntry::deviation).toArray())
                    .withMethod(Setting.of(run).rule()));
        }
        return chart;
    }

    /**
     * Which tensors of a run were pulled back at the steps that were reported: the ratio r where the tensor was selected.
     *
     * @throws IllegalArgumentException if its optimiser selects nothing
     */
    public static Chart selection(Run run) {
        List<LogEntry> entries = LayerCharts.selecting(run);
        List<String> tensors = run.history().tensors();
        double[][] ratios = new double[tensors.size()][entries.size()];
        double largest = 0;
        for (int row = 0; row < tensors.size(); row++) {
            for (int column = 0; column < entries.size(); column++) {
                var report = entries.get(column).reports().get(row);
                ratios[row][column] = report.selected() ? report.ratio() : Double.NaN;
                largest = report.selected() ? Math.max(largest, report.ratio()) : largest;
            }
        }
        double share =
                entries.stream().mapToDouble(LogEntry::selected).average().orElse(0);
        return Chart.of(
                        "Tensors pulled back",
                        Axis.linear("step", ""),
                        Axis.linear("tensor", ""),
                        text("%s pulls back %.0f %% of the tensors at an average step.", run.label(), 100 * share))
                .withHeatMap(HeatMap.of(
                        tensors,
                        entries.stream()
                                .map(entry -> Integer.toString(entry.step()))
                                .toList(),
                        ratios,
                        "ratio r",
                        new Range(0, Math.max(largest, 1e-6))))
                .withNote("Empty: not selected at that step.");
    }

    private static boolean sameTest(Run a, Run b) {
        return a.spec().trainedOn().equals(b.spec().trainedOn())
                && a.spec().seed() == b.spec().seed()
                && a.spec().experiment().equals(b.spec().experiment());
    }

    private static String label(Run run, List<Run> runs) {
        boolean alone =
                runs.stream().filter(other -> other.label().equals(run.label())).count() == 1;
        return alone
                ? run.label()
                : run.label() + ", " + run.spec().trainedOn() + ", seed "
                        + run.spec().seed();
    }

    private static void require(List<Run> runs) {
        if (runs.isEmpty() || runs.size() > MOST_CURVES * 4) {
            throw new IllegalArgumentException("a plot takes 1 to " + MOST_CURVES * 4 + " runs, got " + runs.size());
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

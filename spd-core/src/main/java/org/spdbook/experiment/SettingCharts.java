package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Grid;
import org.spdbook.chart.Series;
import org.spdbook.eval.Mean;

/**
 * Charts of settings: means over domains and seeds, with the standard error over these pairs. A setting that was run on
 * one pair only is drawn without an error bar.
 */
public final class SettingCharts {

    private static final String SIGNS = "Filled: unseen domains (OOD). Empty and dotted: the domain trained on (ID). ";

    private SettingCharts() {}

    /** What the scores of runs of one experiment are. */
    static String metric(List<Run> runs) {
        return runs.isEmpty() ? "accuracy" : World.metric(runs.get(0).spec().experiment());
    }

    /** The axis of their mean over unseen domains. */
    public static String unseen(List<Run> runs) {
        return unseen(metric(runs));
    }

    /** The axis of the mean of a metric over unseen domains. */
    static String unseen(String metric) {
        return (metric.startsWith("mean") ? metric : "mean " + metric) + ", unseen (OOD)";
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /**
     * ID and OOD accuracy over the learning rate, one pair of lines per method and strength.
     *
     * @throws IllegalArgumentException if there is one rate only, or the runs do not belong together
     */
    public static Chart rates(List<Run> runs) {
        List<SettingRuns> settings = SettingRuns.of(runs);
        List<SettingRuns> shown =
                settings.stream().filter(one -> one.setting().lr() > 0).toList();
        requireTwo("rates", "learning rate", shown, setting -> Grid.rate(setting.lr()), runs.size());
        Chart chart = Chart.of(
                capital(metric(runs)) + " over the learning rate",
                Axis.log("learning rate", "per step"),
                Axis.linear(metric(runs), "%"),
                spread(shown));
        return curves(chart, shown, Setting::lr, setting -> strength(setting.lambda()))
                .withNote(SIGNS + leftOut(settings, shown) + SettingRuns.pairs(shown));
    }

    /**
     * ID and OOD accuracy over the strength lambda, one pair of lines per method and rate. Settings without a strength
     * are left out.
     *
     * @throws IllegalArgumentException if there are not two strengths, or the runs do not belong together
     */
    public static Chart lambda(List<Run> runs) {
        List<SettingRuns> settings = SettingRuns.of(runs);
        List<SettingRuns> shown =
                settings.stream().filter(one -> one.setting().lambda() > 0).toList();
        requireTwo("lambda", "lambda", shown, setting -> Grid.number(setting.lambda(), 3), runs.size());
        boolean oneRate =
                shown.stream().map(one -> one.setting().lr()).distinct().count() == 1;
        Chart chart = Chart.of(
                capital(metric(runs)) + " over the strength of the pull"
                        + (oneRate ? ", rate " + rate(shown.get(0)) : ""),
                Axis.log("lambda", ""),
                Axis.linear(metric(runs), "%"),
                best(shown));
        return curves(chart, shown, Setting::lambda, setting -> oneRate ? "" : Grid.rate(setting.lr()))
                .withNote(SIGNS + leftOut(settings, shown) + SettingRuns.pairs(shown));
    }

    /**
     * OOD over ID accuracy, one point per setting.
     *
     * @throws IllegalArgumentException if the runs do not belong together
     */
    public static Chart frontier(List<Run> runs) {
        requireId(runs);
        List<SettingRuns> settings = SettingRuns.of(runs);
        boolean oneRate =
                settings.stream().map(one -> one.setting().lr()).distinct().count() == 1;
        Chart chart = Chart.of(
                "Unseen domains against the domain trained on" + (oneRate ? ", rate " + rate(settings.get(0)) : ""),
                Axis.linear(metric(runs) + ", trained on (ID)", "%"),
                Axis.linear(unseen(runs), "%"),
                best(settings));
        Map<String, List<SettingRuns>> methods = grouped(settings, Setting::method);
        if (oneRate) {
            methods.replaceAll((method, own) -> own.stream()
                    .sorted(Comparator.comparingDouble(one -> one.setting().lambda()))
                    .toList());
        }
        for (Map.Entry<String, List<SettingRuns>> method : methods.entrySet()) {
            chart = chart.with(Series.scatter(
                            method.getKey(),
                            values(method.getValue(), one -> one.mean(Run::id).value()),
                            values(method.getValue(), one -> one.mean(Run::ood).value()))
                    .withMethod(method.getValue().get(0).setting().rule())
                    .withLabels(oneRate ? strengths(method.getValue(), settings) : rateLabels(method.getValue())));
        }
        String labels = oneRate ? "Labels: lambda. " : "Labels: learning rate, then lambda (λ) where there is one. ";
        return chart.withNote(labels + SettingRuns.pairs(settings));
    }

    /** Refuses runs whose training set is no test set, such as a mixture. */
    static void requireId(List<Run> runs) {
        runs.stream().filter(run -> !run.hasId()).findFirst().ifPresent(run -> {
            throw new IllegalArgumentException(
                    "a frontier draws OOD over ID scores, but " + run.spec().trainedOn() + " of "
                            + run.spec().experiment() + " is no test set; plot rates or lambda instead");
        });
    }

    /** Labels of points: rate, then the strength where there is one. */
    static List<String> rateLabels(List<SettingRuns> settings) {
        return settings.stream()
                .map(SettingRuns::setting)
                .map(one -> Grid.rate(one.lr()) + (one.lambda() == 0 ? "" : ", λ " + Grid.number(one.lambda(), 3)))
                .toList();
    }

    /** The strengths of a method's settings; neighbours that lie upon each other share one text, such as 0.001–1. */
    private static List<String> strengths(List<SettingRuns> own, List<SettingRuns> all) {
        double near = 0.04;
        double width = near * extent(all, Run::id);
        double height = near * extent(all, Run::ood);
        List<String> labels = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= own.size(); i++) {
            boolean together = i < own.size()
                    && Math.abs(between(own.get(from), own.get(i), Run::id)) <= width
                    && Math.abs(between(own.get(from), own.get(i), Run::ood)) <= height;
            if (!together) {
                labels.addAll(Collections.nCopies(i - 1 - from, ""));
                double first = own.get(from).setting().lambda();
                double last = own.get(i - 1).setting().lambda();
                String end = last == first ? "" : "–" + Grid.number(last, 3);
                labels.add(last == 0 ? "" : Grid.number(first, 3) + end);
                from = i;
            }
        }
        return labels;
    }

    private static double between(SettingRuns a, SettingRuns b, ToDoubleFunction<Run> value) {
        return b.mean(value).value() - a.mean(value).value();
    }

    private static double extent(List<SettingRuns> settings, ToDoubleFunction<Run> value) {
        var numbers =
                Arrays.stream(values(settings, one -> one.mean(value).value())).summaryStatistics();
        return numbers.getMax() - numbers.getMin();
    }

    /** Two lines, OOD and ID, per method and what else tells settings apart. */
    private static Chart curves(
            Chart chart, List<SettingRuns> settings, ToDoubleFunction<Setting> x, Function<Setting, String> other) {
        Map<String, List<SettingRuns>> lines = grouped(
                settings,
                setting -> setting.method() + (other.apply(setting).isEmpty() ? "" : ", " + other.apply(setting)));
        boolean labelled = lines.size() > grouped(settings, Setting::method).size();
        Chart all = chart;
        for (Map.Entry<String, List<SettingRuns>> line : lines.entrySet()) {
            List<SettingRuns> points = line.getValue().stream()
                    .sorted(Comparator.comparingDouble(one -> x.applyAsDouble(one.setting())))
                    .toList();
            Setting first = points.get(0).setting();
            List<String> labels = new ArrayList<>(Collections.nCopies(points.size(), ""));
            labels.set(points.size() - 1, other.apply(first));
            double[] places = values(points, one -> x.applyAsDouble(one.setting()));
            all = all.with(curve(line.getKey() + " OOD", first.rule(), places, points, Run::ood)
                    .withLabels(labelled && !other.apply(first).isEmpty() ? labels : List.of()));
            if (points.stream().flatMap(one -> one.runs().stream()).allMatch(Run::hasId)) {
                all = all.with(curve(line.getKey() + " ID", first.rule(), places, points, Run::id)
                        .asHollow());
            }
        }
        return all;
    }

    private static Series curve(
            String name, String method, double[] places, List<SettingRuns> points, ToDoubleFunction<Run> value) {
        List<Mean> means = points.stream().map(one -> one.mean(value)).toList();
        Series line = Series.line(
                        name, places, means.stream().mapToDouble(Mean::value).toArray())
                .withMethod(method);
        return means.stream().allMatch(mean -> mean.n() < 2) ? line : line.withInterval(SettingRuns.errorBars(means));
    }

    /** How far OOD accuracy goes apart over the rates, per method. */
    private static String spread(List<SettingRuns> settings) {
        List<String> parts = new ArrayList<>();
        grouped(settings, Setting::method).forEach((method, own) -> {
            double[] ood = values(own, one -> one.mean(Run::ood).value());
            double low = Arrays.stream(ood).min().orElse(Double.NaN);
            double high = Arrays.stream(ood).max().orElse(Double.NaN);
            if (own.stream().map(one -> one.setting().lr()).distinct().count() > 1) {
                parts.add(text("by %.1f points with %s (%.1f to %.1f %%)", high - low, method, low, high));
            }
        });
        double[] rates = values(settings, one -> one.setting().lr());
        String range = Grid.rate(Arrays.stream(rates).min().orElse(0)) + " to "
                + Grid.rate(Arrays.stream(rates).max().orElse(0));
        return parts.isEmpty()
                ? "No method was run at two learning rates; the rates go from " + range + "."
                : listed("From rate " + range + ", mean OOD accuracy varies ", parts, ", ");
    }

    /** The setting with the best OOD accuracy, per method. */
    private static String best(List<SettingRuns> settings) {
        List<String> parts = grouped(settings, Setting::method).values().stream()
                .map(own -> own.stream()
                        .max(Comparator.comparingDouble(
                                one -> one.mean(Run::ood).value()))
                        .orElseThrow())
                .sorted(Comparator.comparingDouble(one -> -one.mean(Run::ood).value()))
                .map(one -> text(
                        "%.1f %% with %s (ID %.1f %%)",
                        one.mean(Run::ood).value(),
                        one.setting().label(),
                        one.mean(Run::id).value()))
                .toList();
        return listed("Best mean OOD accuracy in hindsight: ", parts, "; ");
    }

    /** A sentence of as many parts as a message may hold. */
    static String listed(String start, List<String> parts, String between) {
        StringBuilder sentence = new StringBuilder(start);
        for (int i = 0; i < parts.size(); i++) {
            String more = (i == 0 ? "" : between) + parts.get(i);
            if (i > 0 && sentence.length() + more.length() + 20 > Chart.LONGEST_MESSAGE) {
                return sentence + " and " + (parts.size() - i) + " more.";
            }
            sentence.append(more);
        }
        return sentence + ".";
    }

    private static Map<String, List<SettingRuns>> grouped(List<SettingRuns> settings, Function<Setting, String> by) {
        return settings.stream()
                .collect(
                        Collectors.groupingBy(one -> by.apply(one.setting()), LinkedHashMap::new, Collectors.toList()));
    }

    private static void requireTwo(
            String plot, String what, List<SettingRuns> shown, Function<Setting, String> value, int runs) {
        List<String> found =
                shown.stream().map(one -> value.apply(one.setting())).distinct().toList();
        if (found.size() < 2) {
            throw new IllegalArgumentException(
                    "plot " + plot + " needs runs with two values of " + what + " above 0, the "
                            + runs + " given have " + (found.isEmpty() ? "none" : "only " + found.get(0))
                            + "; add runs, or choose plot frontier");
        }
    }

    private static String leftOut(List<SettingRuns> all, List<SettingRuns> shown) {
        List<String> missing = all.stream()
                .filter(one -> !shown.contains(one))
                .map(one -> one.setting().label())
                .toList();
        return missing.isEmpty() ? "" : "Left out, as a log axis has no 0: " + String.join("; ", missing) + ". ";
    }

    private static String strength(double lambda) {
        return lambda == 0 ? "" : "lambda " + Grid.number(lambda, 3);
    }

    private static String rate(SettingRuns one) {
        return Grid.rate(one.setting().lr());
    }

    private static double[] values(List<SettingRuns> settings, ToDoubleFunction<SettingRuns> value) {
        return settings.stream().mapToDouble(value).toArray();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

package org.spdbook.experiment;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Series;
import org.spdbook.eval.Mean;

/** A chart of a world's first two groups of test sets, such as those near to what was trained on and those far from it. */
public final class GroupCharts {

    private GroupCharts() {}

    /**
     * The mean over the second group over that of the first: one point per setting, with the standard error over domains and seeds where
     * there are several, and the model before training where it is known.
     *
     * @param runs of one experiment
     * @throws IllegalArgumentException if its world has no two groups, or the runs do not belong together
     */
    public static Chart groups(List<Run> runs) {
        List<SettingRuns> settings = SettingRuns.ofAnyRecipe(runs);
        Pair pair = Pair.of(runs);
        Chart chart = Chart.of(
                "Test sets " + pair.second() + " and " + pair.first() + ", "
                        + runs.get(0).spec().experiment(),
                Axis.linear(axis(runs, pair.first()), "%"),
                Axis.linear(axis(runs, pair.second()), "%"),
                message(settings, pair));
        Map<String, List<SettingRuns>> methods = settings.stream()
                .collect(Collectors.groupingBy(one -> one.setting().method(), LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<SettingRuns>> method : methods.entrySet()) {
            chart = chart.with(points(method.getKey(), method.getValue(), pair));
        }
        OptionalDouble x = before(runs, pair.groups().of(pair.first()));
        OptionalDouble y = before(runs, pair.groups().of(pair.second()));
        if (x.isPresent() && y.isPresent()) {
            chart = chart.with(Series.scatter(
                            World.untrained(runs.get(0).spec().experiment()),
                            new double[] {x.getAsDouble()},
                            new double[] {y.getAsDouble()})
                    .withMethod("zero-shot"));
        }
        return chart.withNote("Labels: learning rate, then lambda (λ) where there is one. "
                + SettingRuns.pairs(settings) + " " + pair.groups().note());
    }

    /** The two groups, by name. */
    private record Pair(SetGroups groups, String first, String second) {

        static Pair of(List<Run> runs) {
            ExperimentSpec spec = runs.get(0).spec();
            SetGroups groups = SetGroups.of(spec.experiment(), spec.profile(), runs);
            List<String> names = groups.names();
            if (names.size() < 2) {
                throw new IllegalArgumentException("plot groups needs runs that were tested on two groups of test sets,"
                        + " those of " + spec.experiment() + " have "
                        + (names.isEmpty() ? "none" : "only " + names.get(0)) + "; choose plot frontier");
            }
            return new Pair(groups, names.get(0), names.get(1));
        }

        Mean ofFirst(SettingRuns one) {
            return one.mean(run -> run.mean(groups.of(first)));
        }

        Mean ofSecond(SettingRuns one) {
            return one.mean(run -> run.mean(groups.of(second)));
        }
    }

    private static Series points(String method, List<SettingRuns> own, Pair pair) {
        List<Mean> x = own.stream().map(pair::ofFirst).toList();
        List<Mean> y = own.stream().map(pair::ofSecond).toList();
        Series points = Series.scatter(method, values(x), values(y))
                .withMethod(own.get(0).setting().rule())
                .withLabels(SettingCharts.rateLabels(own));
        return x.stream().allMatch(mean -> mean.n() < 2)
                ? points
                : points.withInterval(SettingRuns.errorBars(y)).withIntervalAcross(SettingRuns.errorBars(x));
    }

    private static double[] values(List<Mean> means) {
        return means.stream().mapToDouble(Mean::value).toArray();
    }

    private static String axis(List<Run> runs, String group) {
        String metric = SettingCharts.metric(runs);
        return (metric.startsWith("mean") ? metric : "mean " + metric) + ", " + group;
    }

    /** The mean before training over the runs; empty where one of them does not tell. */
    private static OptionalDouble before(List<Run> runs, List<String> sets) {
        double[] means = runs.stream().mapToDouble(run -> run.meanBefore(sets)).toArray();
        OptionalDouble mean = java.util.Arrays.stream(means).average();
        return mean.isPresent() && Double.isNaN(mean.getAsDouble()) ? OptionalDouble.empty() : mean;
    }

    private static String message(List<SettingRuns> settings, Pair pair) {
        SettingRuns far = best(
                settings, Comparator.comparingDouble(one -> pair.ofSecond(one).value()));
        SettingRuns near = best(
                settings, Comparator.comparingDouble(one -> pair.ofFirst(one).value()));
        String all = sentence(pair.second(), pair, far)
                + (near.equals(far)
                        ? ", which is the best " + pair.first() + " too."
                        : ". " + sentence(pair.first(), pair, near) + ".");
        return all.length() <= Chart.LONGEST_MESSAGE ? all : sentence(pair.second(), pair, far) + ".";
    }

    private static SettingRuns best(List<SettingRuns> settings, Comparator<SettingRuns> by) {
        return settings.stream().max(by).orElseThrow();
    }

    private static String sentence(String group, Pair pair, SettingRuns best) {
        return String.format(
                Locale.ROOT,
                "The best %s is that of %s: %s %.1f %%, %s %.1f %%",
                group,
                best.setting().label(),
                pair.first(),
                pair.ofFirst(best).value(),
                pair.second(),
                pair.ofSecond(best).value());
    }
}

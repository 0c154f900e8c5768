package org.spdbook.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.spdbook.chart.Interval;
import org.spdbook.eval.Mean;

/**
 * The runs of one setting, one for each pair of domain and seed; of runs of the same pair the last counts.
 *
 * @param runs at least one
 */
record SettingRuns(Setting setting, List<Run> runs) {

    /** What the error bars of means over runs are. */
    static final String ERROR = "standard error over pairs (domain, seed), differences between domains included";

    SettingRuns {
        runs = List.copyOf(runs);
    }

    /**
     * Runs by setting, in their order.
     *
     * @throws IllegalArgumentException for no runs, and for runs of different experiments or recipes
     */
    static List<SettingRuns> of(List<Run> runs) {
        requireOneExperiment(runs);
        requireOne(
                "recipes",
                runs.stream()
                        .map(run -> run.spec().pretrained(0).settings().toString())
                        .toList());
        return ofAnyRecipe(runs);
    }

    /** As {@link #of}, of runs of one experiment whose recipes differ too: what a setting has not as usual is in its name. */
    static List<SettingRuns> ofAnyRecipe(List<Run> runs) {
        requireOneExperiment(runs);
        Map<Setting, Map<String, Run>> groups = new LinkedHashMap<>();
        for (Run run : runs) {
            groups.computeIfAbsent(Setting.of(run), any -> new LinkedHashMap<>())
                    .put(pair(run), run);
        }
        List<SettingRuns> settings = new ArrayList<>();
        groups.forEach((setting, own) -> settings.add(new SettingRuns(setting, List.copyOf(own.values()))));
        return settings;
    }

    private static void requireOneExperiment(List<Run> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a plot needs at least one run, got none");
        }
        requireOne(
                "experiments", runs.stream().map(run -> run.spec().experiment()).toList());
    }

    private static void requireOne(String what, List<String> found) {
        Set<String> different = new TreeSet<>(found);
        if (different.size() > 1) {
            throw new IllegalArgumentException("means need runs of one kind, got runs of different " + what + ": "
                    + String.join(" and ", different) + "; plot them apart");
        }
    }

    private static String pair(Run run) {
        return run.spec().trainedOn() + " " + run.spec().seed() + " "
                + run.spec().pretrained();
    }

    /** Mean of a value over the pairs. */
    Mean mean(ToDoubleFunction<Run> value) {
        return Mean.of(runs.stream().mapToDouble(value).toArray());
    }

    /** Error bars around means. */
    static Interval errorBars(List<Mean> means) {
        return Interval.of(
                ERROR,
                means.stream().mapToDouble(mean -> mean.value() - mean.error()).toArray(),
                means.stream().mapToDouble(mean -> mean.value() + mean.error()).toArray());
    }

    /** For the small print: over how many pairs the means are. */
    static String pairs(List<SettingRuns> settings) {
        List<Set<String>> pairs = settings.stream()
                .map(setting -> (Set<String>) new TreeSet<>(
                        setting.runs.stream().map(SettingRuns::pair).toList()))
                .distinct()
                .toList();
        if (pairs.size() > 1) {
            return "The settings were run on different pairs (domain, seed); compare them with care.";
        }
        int n = pairs.get(0).size();
        return n == 1 ? "One run each; one seed proves nothing." : "Means over " + n + " pairs (domain, seed).";
    }
}

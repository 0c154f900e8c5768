package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.spdbook.eval.Estimate;
import org.spdbook.eval.PairedBootstrap;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.SetGroups;

/**
 * Two methods paired over domains and seeds: b minus a. Intervals are of 90 %, see {@link PairedBootstrap}; without one where
 * the runs do not say which examples they answered right.
 *
 * @param choice how the settings were chosen
 * @param a first method
 * @param b second method
 * @param id difference in accuracy on the domain trained on, in points
 * @param ood difference in mean accuracy on the other domains, in points
 * @param groups the same on each group of test sets, by name
 * @param deviation mean deviation of b over that of a
 * @param retention mean loss on the texts of the pre-training of b over that of a; NaN where it was not measured
 * @param wins pairs in which b has the higher OOD accuracy
 * @param n pairs
 */
public record Comparison(
        Choice choice,
        String a,
        String b,
        Estimate id,
        Estimate ood,
        Map<String, Estimate> groups,
        Estimate deviation,
        Estimate retention,
        int wins,
        int n) {

    public Comparison {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /**
     * Compares runs.
     *
     * @param a one or more runs
     * @param b as many; run i has domain and seed of run i of {@code a}
     */
    static Comparison of(Choice choice, Side a, Side b, Tested tested) {
        int wins = 0;
        for (int i = 0; i < a.runs().size(); i++) {
            wins += b.runs().get(i).ood() > a.runs().get(i).ood() ? 1 : 0;
        }
        boolean sameItems = tested.sameItems();
        Map<String, Estimate> groups = new LinkedHashMap<>();
        tested.groups()
                .sets()
                .forEach((name, sets) -> groups.put(name, difference(a.runs(), b.runs(), Score.on(sets), sameItems)));
        return new Comparison(
                choice,
                a.label(),
                b.label(),
                difference(a.runs(), b.runs(), Score.ID, sameItems),
                difference(a.runs(), b.runs(), Score.OOD, sameItems),
                groups,
                ratio(a, b, Run::deviation),
                ratio(a, b, Run::retention),
                wins,
                a.runs().size());
    }

    /**
     * One side of a comparison.
     *
     * @param label for people
     * @param runs in the order of the pairs
     */
    record Side(String label, List<Run> runs) {}

    /**
     * How the runs were tested.
     *
     * @param sameItems whether all seeds are tested on the same examples
     * @param groups of test sets that have differences of their own
     */
    record Tested(boolean sameItems, SetGroups groups) {}

    /**
     * A mean over some test sets of a run.
     *
     * @param asked whether a set is one of them
     * @param mean in percent
     */
    private record Score(BiPredicate<Run, String> asked, ToDoubleFunction<Run> mean) {

        static final Score ID = new Score((run, set) -> set.equals(run.spec().trainedOn()), Run::id);
        static final Score OOD = new Score((run, set) -> !set.equals(run.spec().trainedOn()), Run::ood);

        static Score on(List<String> sets) {
            return new Score((run, set) -> sets.contains(set), run -> run.mean(sets));
        }
    }

    private static Estimate ratio(Side a, Side b, ToDoubleFunction<Run> value) {
        return a.runs().stream().mapToDouble(value).anyMatch(Double::isNaN)
                ? Estimate.without(Double.NaN)
                : PairedBootstrap.ratio(values(a, a, value), values(a, b, value));
    }

    /** Values of a side by the pre-training of the pair. */
    private static double[][] values(Side first, Side side, ToDoubleFunction<Run> value) {
        Map<Integer, List<Double>> pretrainings = new TreeMap<>();
        for (int i = 0; i < first.runs().size(); i++) {
            pretrainings
                    .computeIfAbsent(first.runs().get(i).spec().pretrained(), any -> new ArrayList<>())
                    .add(value.applyAsDouble(side.runs().get(i)));
        }
        return pretrainings.values().stream()
                .map(all -> all.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }

    private static Estimate difference(List<Run> a, List<Run> b, Score score, boolean sameItems) {
        if (a.stream().anyMatch(run -> run.outcomes().isEmpty())
                || b.stream().anyMatch(run -> run.outcomes().isEmpty())) {
            double mean = 0;
            for (int i = 0; i < a.size(); i++) {
                mean += score.mean().applyAsDouble(b.get(i)) - score.mean().applyAsDouble(a.get(i));
            }
            return Estimate.without(mean / a.size());
        }
        if (a.stream().mapToDouble(score.mean()).anyMatch(Double::isNaN)) {
            return Estimate.without(Double.NaN);
        }
        Map<Integer, Map<Long, PairedDifference>> pretrainings = new TreeMap<>();
        Map<List<Long>, Integer> pairs = new HashMap<>();
        a.forEach(run -> pairs.merge(cluster(run), 1, Integer::sum));
        for (int i = 0; i < a.size(); i++) {
            Run run = a.get(i);
            add(
                    pretrainings.computeIfAbsent(run.spec().pretrained(), any -> new TreeMap<>()),
                    run,
                    b.get(i),
                    score,
                    1.0 / pairs.getOrDefault(cluster(run), 1));
        }
        return PairedBootstrap.mean(
                pretrainings.values().stream()
                        .map(seeds -> seeds.values().toArray(PairedDifference[]::new))
                        .toArray(PairedDifference[][]::new),
                sameItems);
    }

    private static List<Long> cluster(Run run) {
        return List.of((long) run.spec().pretrained(), run.spec().seed());
    }

    /** Adds the differences of a pair to those of its seed, as a mean over the test sets asked for. */
    private static void add(Map<Long, PairedDifference> seeds, Run a, Run b, Score score, double weight) {
        Predicate<String> asked = set -> score.asked().test(a, set);
        long sets = a.outcomes().keySet().stream().filter(asked).count();
        a.outcomes().forEach((set, left) -> {
            if (asked.test(set)) {
                seeds.computeIfAbsent(a.spec().seed(), any -> new PairedDifference())
                        .add(set, left, Objects.requireNonNull(b.outcomes().get(set), set), weight / sets);
            }
        });
    }
}

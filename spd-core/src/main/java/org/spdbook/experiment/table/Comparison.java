package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.spdbook.eval.Estimate;
import org.spdbook.eval.PairedBootstrap;
import org.spdbook.experiment.Run;

/**
 * Two methods paired over domains and seeds: b minus a. Intervals are of 90 %, see {@link PairedBootstrap}; without one where
 * the runs do not say which examples they answered right.
 *
 * @param choice how the settings were chosen
 * @param a first method
 * @param b second method
 * @param id difference in accuracy on the domain trained on, in points
 * @param ood difference in mean accuracy on the other domains, in points
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
        Estimate deviation,
        Estimate retention,
        int wins,
        int n) {

    /**
     * Compares runs.
     *
     * @param a one or more runs
     * @param b as many; run i has domain and seed of run i of {@code a}
     * @param sameItems whether all seeds are tested on the same examples
     */
    static Comparison of(Choice choice, Side a, Side b, boolean sameItems) {
        int wins = 0;
        for (int i = 0; i < a.runs().size(); i++) {
            wins += b.runs().get(i).ood() > a.runs().get(i).ood() ? 1 : 0;
        }
        return new Comparison(
                choice,
                a.label(),
                b.label(),
                difference(a.runs(), b.runs(), true, sameItems),
                difference(a.runs(), b.runs(), false, sameItems),
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

    private static Estimate difference(List<Run> a, List<Run> b, boolean inDomain, boolean sameItems) {
        if (a.stream().anyMatch(run -> run.outcomes().isEmpty())
                || b.stream().anyMatch(run -> run.outcomes().isEmpty())) {
            double mean = 0;
            for (int i = 0; i < a.size(); i++) {
                mean += inDomain
                        ? b.get(i).id() - a.get(i).id()
                        : b.get(i).ood() - a.get(i).ood();
            }
            return Estimate.without(mean / a.size());
        }
        if (inDomain && !a.stream().allMatch(Run::hasId)) {
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
                    inDomain,
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
    private static void add(Map<Long, PairedDifference> seeds, Run a, Run b, boolean inDomain, double weight) {
        Predicate<String> asked = set -> set.equals(a.spec().trainedOn()) == inDomain;
        long sets = a.outcomes().keySet().stream().filter(asked).count();
        a.outcomes().forEach((set, left) -> {
            if (asked.test(set)) {
                seeds.computeIfAbsent(a.spec().seed(), any -> new PairedDifference())
                        .add(set, left, Objects.requireNonNull(b.outcomes().get(set), set), weight / sets);
            }
        });
    }
}

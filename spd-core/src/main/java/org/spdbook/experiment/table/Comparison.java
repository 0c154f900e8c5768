package org.spdbook.experiment.table;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.spdbook.eval.Estimate;
import org.spdbook.eval.Hits;
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
 * @param wins pairs in which b has the higher OOD accuracy
 * @param n pairs
 */
public record Comparison(
        Choice choice, String a, String b, Estimate id, Estimate ood, Estimate deviation, int wins, int n) {

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
        Estimate deviation = PairedBootstrap.ratio(
                a.runs().stream().mapToDouble(Run::deviation).toArray(),
                b.runs().stream().mapToDouble(Run::deviation).toArray());
        return new Comparison(
                choice,
                a.label(),
                b.label(),
                difference(a.runs(), b.runs(), true, sameItems),
                difference(a.runs(), b.runs(), false, sameItems),
                deviation,
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

    private static Estimate difference(List<Run> a, List<Run> b, boolean inDomain, boolean sameItems) {
        if (a.stream().anyMatch(run -> run.hits().isEmpty())
                || b.stream().anyMatch(run -> run.hits().isEmpty())) {
            double mean = 0;
            for (int i = 0; i < a.size(); i++) {
                mean += inDomain
                        ? b.get(i).id() - a.get(i).id()
                        : b.get(i).ood() - a.get(i).ood();
            }
            return Estimate.without(mean / a.size());
        }
        Map<Long, double[]> seeds = new TreeMap<>();
        Map<Long, Integer> pairs = new TreeMap<>();
        a.forEach(run -> pairs.merge(run.spec().seed(), 1, Integer::sum));
        for (int i = 0; i < a.size(); i++) {
            long seed = a.get(i).spec().seed();
            add(seeds, a.get(i), b.get(i), inDomain, 100.0 / pairs.getOrDefault(seed, 1));
        }
        return PairedBootstrap.mean(seeds.values().toArray(double[][]::new), sameItems);
    }

    /** Adds the differences of a pair to those of its seed, item by item, as a mean over the test sets asked for. */
    private static void add(Map<Long, double[]> seeds, Run a, Run b, boolean inDomain, double weight) {
        Predicate<String> asked = set -> set.equals(a.spec().trainedOn()) == inDomain;
        long sets = a.hits().keySet().stream().filter(asked).count();
        a.hits().forEach((set, left) -> {
            Hits right = java.util.Objects.requireNonNull(b.hits().get(set), set);
            if (asked.test(set)) {
                double[] sums = seeds.computeIfAbsent(a.spec().seed(), any -> new double[left.examples()]);
                requireSameSize(set, sums.length, left, right);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += weight / sets * ((right.isRight(i) ? 1 : 0) - (left.isRight(i) ? 1 : 0));
                }
            }
        });
    }

    private static void requireSameSize(String set, int items, Hits left, Hits right) {
        if (left.examples() != items || right.examples() != items) {
            throw new IllegalArgumentException("paired runs need test sets of one size, got " + items + ", "
                    + left.examples() + " and " + right.examples() + " examples of " + set + "; run them anew");
        }
    }
}

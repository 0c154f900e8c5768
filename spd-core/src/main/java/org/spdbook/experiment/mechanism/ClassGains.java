package org.spdbook.experiment.mechanism;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.spdbook.eval.Estimate;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.PairedBootstrap;
import org.spdbook.eval.Shares;
import org.spdbook.experiment.Run;

/**
 * What each class gains or loses in OOD accuracy from one method to another.
 *
 * @param classes names, in the order of the labels
 * @param labels class per test example, by seed; the same for all test sets
 * @param sameItems whether all seeds are tested on the same examples
 */
record ClassGains(List<String> classes, Map<Long, long[]> labels, boolean sameItems) {

    /** Differences b - a in points with 90 % intervals, the largest first. Runs are paired by domain and seed. */
    List<Curve.Point> of(List<Run> a, List<Run> b) {
        List<Curve.Point> points = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Map<Long, double[]> seeds = new TreeMap<>();
            for (Run first : a) {
                for (Run second : b) {
                    if (first.isPairedWith(second)) {
                        add(seeds, first, second, label);
                    }
                }
            }
            if (!seeds.isEmpty()) {
                long domains =
                        a.stream().map(run -> run.spec().trainedOn()).distinct().count();
                double[][] means = seeds.values().stream()
                        .map(sums -> java.util.Arrays.stream(sums)
                                .map(sum -> sum / domains)
                                .toArray())
                        .toArray(double[][]::new);
                Estimate gain = PairedBootstrap.mean(new double[][][] {means}, sameItems);
                points.add(Curve.Point.of(classes.get(label), gain));
            }
        }
        points.sort(Comparator.comparingDouble(point -> -point.value()));
        return points;
    }

    /** Adds the mean difference over the unseen sets, for each example of a class. */
    private void add(Map<Long, double[]> seeds, Run a, Run b, int label) {
        long[] own = Objects.requireNonNull(labels.get(a.spec().seed()));
        int[] items = java.util.stream.IntStream.range(0, own.length)
                .filter(i -> own[i] == label)
                .toArray();
        if (items.length == 0) {
            return;
        }
        double[] sums = seeds.computeIfAbsent(a.spec().seed(), any -> new double[items.length]);
        long sets = a.outcomes().size() - 1L;
        a.outcomes().forEach((set, left) -> {
            if (!set.equals(a.spec().trainedOn())) {
                Shares before = shares(left, set);
                Shares after = shares(Objects.requireNonNull(b.outcomes().get(set)), set);
                for (int i = 0; i < items.length; i++) {
                    sums[i] += 100.0 / sets * (after.share(items[i]) - before.share(items[i]));
                }
            }
        });
    }

    private static Shares shares(Outcomes outcomes, String set) {
        if (outcomes instanceof Shares shares) {
            return shares;
        }
        throw new IllegalArgumentException("what each class gains is summed up over examples that each have a score;"
                + " those of " + set + " have none (" + outcomes + "), so choose another world");
    }
}

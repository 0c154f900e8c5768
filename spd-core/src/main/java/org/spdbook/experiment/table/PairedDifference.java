package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.PairedBootstrap;
import org.spdbook.eval.Shares;

/**
 * Differences in points between runs of one seed, b minus a. The examples of test sets of one size are drawn together, for they may be the
 * same ones under several conditions; those of other sizes are drawn by themselves.
 */
final class PairedDifference implements PairedBootstrap.Sample {

    private static final double POINTS = 100;

    private final Map<Integer, Part> parts = new LinkedHashMap<>(); // by size

    /** Test sets of one size. */
    private static final class Part {

        private final double[] sums; // of accuracies, which are means over examples
        private final List<Pair> others = new ArrayList<>(); // that are none

        Part(int examples) {
            sums = new double[examples];
        }

        double value() {
            double sum = Arrays.stream(sums).average().orElseThrow();
            for (Pair pair : others) {
                sum += pair.weight * (pair.b.percent() - pair.a.percent());
            }
            return sum;
        }

        /** The value when examples count more or less; weights with sum 1. */
        double value(double[] weights) {
            double sum = 0;
            for (int i = 0; i < sums.length; i++) {
                sum += weights[i] * sums[i];
            }
            for (Pair pair : others) {
                sum += pair.weight * (pair.b.percent(weights) - pair.a.percent(weights));
            }
            return sum;
        }
    }

    private record Pair(Outcomes a, Outcomes b, double weight) {}

    /** Adds the difference on a test set, with its weight in the whole. */
    void add(String set, Outcomes a, Outcomes b, double weight) {
        if (a.examples() != b.examples()) {
            throw new IllegalArgumentException("paired runs need the same test sets, got " + a.examples() + " and "
                    + b.examples() + " examples of " + set + "; run them anew");
        }
        Part part = parts.computeIfAbsent(a.examples(), Part::new);
        if (a instanceof Shares before && b instanceof Shares after) {
            double points = POINTS * weight;
            for (int i = 0; i < part.sums.length; i++) {
                part.sums[i] += points * (after.share(i) - before.share(i));
            }
        } else {
            part.others.add(new Pair(a, b, weight));
        }
    }

    @Override
    public int items() {
        return parts.keySet().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public double value() {
        return parts.values().stream().mapToDouble(Part::value).sum();
    }

    @Override
    public double value(double[] weights) {
        double value = 0;
        int begin = 0;
        for (Part part : parts.values()) {
            int end = begin + part.sums.length;
            value += part.value(parts.size() == 1 ? weights : shares(weights, begin, end));
            begin = end;
        }
        return value;
    }

    /** A part of weights, with sum 1. */
    private static double[] shares(double[] weights, int begin, int end) {
        double[] own = Arrays.copyOfRange(weights, begin, end);
        double sum = Arrays.stream(own).sum();
        return Arrays.stream(own)
                .map(one -> sum == 0 ? 1.0 / own.length : one / sum)
                .toArray();
    }
}

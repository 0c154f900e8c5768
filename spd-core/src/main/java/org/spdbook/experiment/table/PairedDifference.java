package org.spdbook.experiment.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.PairedBootstrap;

/** Differences in points between runs of one seed, b minus a, over test sets of one size whose examples are drawn together. */
final class PairedDifference implements PairedBootstrap.Sample {

    private static final double POINTS = 100;

    private final double[] sums; // of accuracies, which are means over examples
    private final List<Scores> scores = new ArrayList<>(); // that are none

    private record Scores(Outcomes a, Outcomes b, double weight) {}

    /** Nothing yet, on so many examples. */
    PairedDifference(int examples) {
        sums = new double[examples];
    }

    /** Adds the difference on a test set, with its weight in the whole. */
    void add(String set, Outcomes a, Outcomes b, double weight) {
        if (a.examples() != sums.length || b.examples() != sums.length) {
            throw new IllegalArgumentException("paired runs need test sets of one size, got " + sums.length + ", "
                    + a.examples() + " and " + b.examples() + " examples of " + set + "; run them anew");
        }
        if (a instanceof Hits before && b instanceof Hits after) {
            double points = POINTS * weight;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += points * ((after.isRight(i) ? 1 : 0) - (before.isRight(i) ? 1 : 0));
            }
        } else {
            scores.add(new Scores(a, b, weight));
        }
    }

    @Override
    public int items() {
        return sums.length;
    }

    @Override
    public double value() {
        double sum = Arrays.stream(sums).average().orElseThrow();
        for (Scores pair : scores) {
            sum += pair.weight * (pair.b.percent() - pair.a.percent());
        }
        return sum;
    }

    @Override
    public double value(double[] weights) {
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += weights[i] * sums[i];
        }
        for (Scores pair : scores) {
            sum += pair.weight * (pair.b.percent(weights) - pair.a.percent(weights));
        }
        return sum;
    }
}

package org.spdbook.eval;

import java.util.Arrays;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/**
 * 90 % percentile intervals of paired differences, over the seeds of fine-tuning and the items tested. Seeds and items are
 * drawn anew, each with replacement, 2,000 times; the same differences give the same interval.
 *
 * <p>Where all seeds are tested on the same items, one draw of items serves all seeds of a replicate: the pigeonhole bootstrap
 * of Owen, <i>The pigeonhole bootstrap</i>, Annals of Applied Statistics 2007, which errs on the wide side. Where each seed has
 * items of its own, items are drawn within the seed. What the seeds share (the pre-trained model, the domains) is not drawn, so
 * an interval says nothing about another one.
 */
public final class PairedBootstrap {

    private static final int REPLICATES = 2000;
    private static final double TAIL = 0.05;

    private PairedBootstrap() {}

    /**
     * The mean difference.
     *
     * @param differences per seed and item, in percentage points; every seed has at least one item
     * @param sameItems whether item i is the same in all seeds, which then have equally many
     */
    public static Estimate mean(double[][] differences, boolean sameItems) {
        double[] replicates = new double[REPLICATES];
        for (int k = 0; k < REPLICATES; k++) {
            RandomStream random = new Seeds(0).stream("paired bootstrap", 0, k);
            double[] weights = sameItems ? weights(differences[0].length, random) : new double[0];
            double sum = 0;
            for (int s = 0; s < differences.length; s++) {
                double[] seed = differences[random.nextInt(differences.length)];
                sum += weighted(seed, sameItems ? weights : weights(seed.length, random));
            }
            replicates[k] = sum / differences.length;
        }
        double mean = Arrays.stream(differences)
                .mapToDouble(seed -> Arrays.stream(seed).average().orElseThrow())
                .average()
                .orElseThrow();
        return estimate(mean, replicates);
    }

    /** How often each item is drawn, over the number of items. */
    private static double[] weights(int items, RandomStream random) {
        double[] weights = new double[items];
        for (int i = 0; i < items; i++) {
            weights[random.nextInt(items)] += 1.0 / items;
        }
        return weights;
    }

    private static double weighted(double[] values, double[] weights) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }

    /**
     * The ratio of the mean of {@code b} to that of {@code a}; pairs are drawn anew.
     *
     * @param a a positive value per pair
     * @param b as many
     */
    public static Estimate ratio(double[] a, double[] b) {
        double[] replicates = new double[REPLICATES];
        for (int k = 0; k < REPLICATES; k++) {
            RandomStream random = new Seeds(0).stream("paired bootstrap of a ratio", 0, k);
            double above = 0;
            double below = 0;
            for (int i = 0; i < a.length; i++) {
                int pair = random.nextInt(a.length);
                above += b[pair];
                below += a[pair];
            }
            replicates[k] = above / below;
        }
        return estimate(Arrays.stream(b).sum() / Arrays.stream(a).sum(), replicates);
    }

    private static Estimate estimate(double value, double[] replicates) {
        Arrays.sort(replicates);
        int tail = (int) Math.round(TAIL * REPLICATES);
        return new Estimate(value, replicates[tail], replicates[REPLICATES - 1 - tail]);
    }
}

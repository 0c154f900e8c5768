package org.spdbook.eval;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/**
 * 90 % percentile intervals of paired differences, over pre-trainings, the seeds of fine-tuning and the items tested. All of them
 * are drawn anew, each with replacement, 2,000 times; the same differences give the same interval.
 *
 * <p>Where all seeds are tested on the same items, one draw of items serves all seeds of a replicate: the pigeonhole bootstrap
 * of Owen, <i>The pigeonhole bootstrap</i>, Annals of Applied Statistics 2007, which errs on the wide side. Where each seed has
 * items of its own, items are drawn within the seed. Pre-trainings are crossed with both: what is drawn of seeds and items serves
 * all of them. What all runs share (the domains, and the pre-trained model where there is one) is not drawn, so an interval says
 * nothing about another one.
 */
public final class PairedBootstrap {

    private static final int REPLICATES = 2000;
    private static final double TAIL = 0.05;

    private PairedBootstrap() {}

    /** What is found of the items of one seed; with weights when they are drawn anew. */
    public interface Sample {

        /** Number of items, at least one. */
        int items();

        /** Over all items alike. */
        double value();

        /**
         * With items that count more or less.
         *
         * @param weights one per item, with sum 1
         */
        double value(double[] weights);
    }

    /** The mean of one number per item. */
    private record Numbers(double[] numbers) implements Sample {

        @Override
        public int items() {
            return numbers.length;
        }

        @Override
        public double value() {
            return Arrays.stream(numbers).average().orElseThrow();
        }

        @Override
        public double value(double[] weights) {
            double sum = 0;
            for (int i = 0; i < numbers.length; i++) {
                sum += weights[i] * numbers[i];
            }
            return sum;
        }
    }

    /**
     * The mean difference.
     *
     * @param differences per pre-training, seed and item, in percentage points; all pre-trainings have the same seeds and items,
     *     every seed at least one item
     * @param sameItems whether item i is the same in all seeds, which then have equally many
     */
    public static Estimate mean(double[][][] differences, boolean sameItems) {
        return mean(
                Arrays.stream(differences)
                        .map(seeds -> Arrays.stream(seeds).map(Numbers::new).toArray(Sample[]::new))
                        .toArray(Sample[][]::new),
                sameItems);
    }

    /** As {@link #mean(double[][][], boolean)} of samples that need not be means over items, per pre-training and seed. */
    public static Estimate mean(Sample[][] samples, boolean sameItems) {
        requireCrossed(samples);
        double[] replicates = IntStream.range(0, REPLICATES)
                .parallel()
                .mapToDouble(k -> replicate(samples, sameItems, k))
                .toArray();
        double mean = Arrays.stream(samples)
                .flatMap(Arrays::stream)
                .mapToDouble(Sample::value)
                .average()
                .orElseThrow();
        return estimate(mean, replicates);
    }

    /** The mean with seeds, items and pre-trainings drawn anew. */
    private static double replicate(Sample[][] samples, boolean sameItems, int k) {
        int seeds = samples[0].length;
        int[] pretrainings = pretrainings(samples.length, k);
        RandomStream random = new Seeds(0).stream("paired bootstrap", 0, k);
        double[] weights = sameItems ? weights(samples[0][0].items(), random) : new double[0];
        double sum = 0;
        for (int s = 0; s < seeds; s++) {
            int seed = random.nextInt(seeds);
            double[] own = sameItems ? weights : weights(samples[0][seed].items(), random);
            for (int pretraining : pretrainings) {
                sum += samples[pretraining][seed].value(own);
            }
        }
        return sum / (seeds * pretrainings.length);
    }

    /** Which pre-trainings a replicate has: of one that one. */
    private static int[] pretrainings(int count, int replicate) {
        RandomStream random = new Seeds(0).stream("paired bootstrap of pre-trainings", 0, replicate);
        return IntStream.range(0, count)
                .map(any -> count == 1 ? 0 : random.nextInt(count))
                .toArray();
    }

    private static void requireCrossed(Sample[][] samples) {
        int[] items = items(samples[0]);
        for (Sample[] pretraining : samples) {
            if (!Arrays.equals(items, items(pretraining))) {
                throw new IllegalArgumentException(
                        "an interval over pre-trainings needs the same seeds and test examples"
                                + " for each; run what is missing");
            }
        }
    }

    private static int[] items(Sample[] samples) {
        return Arrays.stream(samples).mapToInt(Sample::items).toArray();
    }

    /** How often each item is drawn, over the number of items. */
    private static double[] weights(int items, RandomStream random) {
        double[] weights = new double[items];
        for (int i = 0; i < items; i++) {
            weights[random.nextInt(items)] += 1.0 / items;
        }
        return weights;
    }

    /**
     * The ratio of the mean of {@code b} to that of {@code a}; pre-trainings are drawn anew, and pairs within them.
     *
     * @param a a positive value per pre-training and pair
     * @param b as many
     */
    public static Estimate ratio(double[][] a, double[][] b) {
        double[] replicates = new double[REPLICATES];
        for (int k = 0; k < REPLICATES; k++) {
            RandomStream random = new Seeds(0).stream("paired bootstrap of a ratio", 0, k);
            double above = 0;
            double below = 0;
            for (int pretraining : pretrainings(a.length, k)) {
                for (int i = 0; i < a[pretraining].length; i++) {
                    int pair = random.nextInt(a[pretraining].length);
                    above += b[pretraining][pair];
                    below += a[pretraining][pair];
                }
            }
            replicates[k] = above / below;
        }
        return estimate(sum(b) / sum(a), replicates);
    }

    private static double sum(double[][] values) {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).sum();
    }

    private static Estimate estimate(double value, double[] replicates) {
        Arrays.sort(replicates);
        int tail = (int) Math.round(TAIL * REPLICATES);
        return new Estimate(value, replicates[tail], replicates[REPLICATES - 1 - tail]);
    }
}

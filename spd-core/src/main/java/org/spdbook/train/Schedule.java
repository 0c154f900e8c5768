package org.spdbook.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The learning rate over the steps of a run.
 *
 * @param kind shape after the warm-up
 * @param peak largest rate, per step
 * @param warmUp steps over which the rate rises in equal parts
 * @param steps of the whole run
 * @param floor share of the peak that the shape ends at, 0 to 1
 * @param epochs those of the plan, for shapes that go by them
 */
public record Schedule(Kind kind, double peak, int warmUp, int steps, double floor, Epochs epochs) {

    private static final double POWER = 0.9;

    /** Shapes. */
    public enum Kind {
        COSINE,
        LINEAR,
        CONSTANT,
        /** A power of what is left: 0.9. */
        POLY,
        /**
         * A cosine that falls from epoch to epoch and stays within one. In the first the rate rises from the floor and then stays at the
         * peak; a warm-up that is longer ends with it. Source: {@code LinearWarmupCosineLRScheduler} of LAVIS, {@code
         * lavis/common/optims.py}, which the authors use for Table 6. It counts the parts of an accumulated batch where we count steps: 1,000
         * iterations in two parts each are 500 steps here, and the rate of its step is that of the last part, half of our step ahead while
         * the rate rises.
         */
        EPOCH_COSINE;

        /** All words. */
        public static List<String> words() {
            return Arrays.stream(values()).map(Kind::word).toList();
        }

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The shape of a word. */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "schedule " + word + " is not known; choose one of " + String.join(", ", words()));
        }
    }

    /**
     * Passes over the examples as they are planned; a run that is ended before keeps to them.
     *
     * @param count how many, at least 1
     * @param steps of each, at least 1
     */
    public record Epochs(int count, int steps) {

        /** @throws IllegalArgumentException if there are none, or no steps in them */
        public Epochs {
            if (count < 1 || steps < 1) {
                throw new IllegalArgumentException(
                        "a schedule needs at least one epoch of at least one step, got " + count + " of " + steps);
            }
        }
    }

    public Schedule {
        if (!(peak >= 0 && peak < Double.POSITIVE_INFINITY) || warmUp < 0 || steps < 1 || !(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException(
                    "a schedule needs a finite rate >= 0, a warm-up >= 0, steps >= 1 and a floor of 0 to 1, got " + peak
                            + ", " + warmUp + ", " + steps + ", " + floor);
        }
    }

    /** A schedule of one epoch. */
    public Schedule(Kind kind, double peak, int warmUp, int steps, double floor) {
        this(kind, peak, warmUp, steps, floor, new Epochs(1, Math.max(1, steps)));
    }

    /** A schedule that ends at 0. */
    public Schedule(Kind kind, double peak, int warmUp, int steps) {
        this(kind, peak, warmUp, steps, 0);
    }

    /** The rate of a step, counted from 0. */
    public double rate(int step) {
        double done = (double) step / steps;
        double shape = switch (kind) {
            case COSINE -> 0.5 * (1 + StrictMath.cos(StrictMath.PI * done));
            case LINEAR -> 1 - done;
            case CONSTANT -> 1;
            case POLY -> StrictMath.pow(1 - done, POWER);
            case EPOCH_COSINE -> byEpochs(step);
        };
        boolean rises = warmUp > 0 && kind != Kind.EPOCH_COSINE;
        return peak * (floor + (1 - floor) * shape) * (rises ? Math.min(1, (step + 1.0) / warmUp) : 1);
    }

    /** Warm-up and shape: from 0 to 1 within the first epoch, then down from epoch to epoch. */
    private double byEpochs(int step) {
        int epoch = step / epochs.steps();
        if (epoch == 0) {
            return warmUp == 0 ? 1 : Math.min(1, (double) step / warmUp);
        }
        return 0.5 * (1 + StrictMath.cos(StrictMath.PI * epoch / epochs.count()));
    }
}

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
 */
public record Schedule(Kind kind, double peak, int warmUp, int steps, double floor) {

    private static final double POWER = 0.9;

    /** Shapes. */
    public enum Kind {
        COSINE,
        LINEAR,
        CONSTANT,
        /** A power of what is left: 0.9. */
        POLY;

        /** All words. */
        public static List<String> words() {
            return Arrays.stream(values())
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                    .toList();
        }

        /** The shape of a word. */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "schedule " + word + " is not known; choose one of " + String.join(", ", words()));
        }
    }

    public Schedule {
        if (!(peak >= 0 && peak < Double.POSITIVE_INFINITY) || warmUp < 0 || steps < 1 || !(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException(
                    "a schedule needs a finite rate >= 0, a warm-up >= 0, steps >= 1 and a floor of 0 to 1, got " + peak
                            + ", " + warmUp + ", " + steps + ", " + floor);
        }
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
        };
        return peak * (floor + (1 - floor) * shape) * (warmUp == 0 ? 1 : Math.min(1, (step + 1.0) / warmUp));
    }
}

package org.spdbook.train;

import java.util.Locale;

/**
 * The learning rate over the steps of a run.
 *
 * @param kind shape after the warm-up
 * @param peak largest rate, per step
 * @param warmUp steps over which the rate rises in equal parts
 * @param steps of the whole run
 */
public record Schedule(Kind kind, double peak, int warmUp, int steps) {

    /** Shapes. */
    public enum Kind {
        COSINE,
        LINEAR,
        CONSTANT;

        /** The shape of a word. */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("schedule " + word + " is not known; choose cosine, linear or constant");
        }
    }

    public Schedule {
        if (!(peak >= 0 && peak < Double.POSITIVE_INFINITY) || warmUp < 0 || steps < 1) {
            throw new IllegalArgumentException(
                    "a schedule needs a finite rate >= 0, a warm-up >= 0 and steps >= 1, got " + peak + ", " + warmUp
                            + ", " + steps);
        }
    }

    /** The rate of a step, counted from 0. */
    public double rate(int step) {
        double done = (double) step / steps;
        double shape = switch (kind) {
            case COSINE -> 0.5 * (1 + StrictMath.cos(StrictMath.PI * done));
            case LINEAR -> 1 - done;
            case CONSTANT -> 1;
        };
        return peak * shape * (warmUp == 0 ? 1 : Math.min(1, (step + 1.0) / warmUp));
    }
}

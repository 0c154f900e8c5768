package org.spdbook.experiment;

import java.time.Duration;

/**
 * What is written down while a run goes on. It changes no result.
 *
 * @param checkpointEvery steps between checkpoints, at least 1
 * @param checkpointAfter time after which a step is followed by a checkpoint whatever its number, above 0
 * @param reportEvery steps between reports of the optimiser (condition, ratio, deviation per tensor), at least 1
 */
public record Recording(int checkpointEvery, Duration checkpointAfter, int reportEvery) {

    public Recording {
        if (checkpointEvery < 1 || reportEvery < 1) {
            throw new IllegalArgumentException("checkpoints and reports need a distance of at least 1 step, got "
                    + checkpointEvery + " and " + reportEvery);
        }
        if (checkpointAfter.isNegative() || checkpointAfter.isZero()) {
            throw new IllegalArgumentException("the time between checkpoints must be above 0, got " + checkpointAfter);
        }
    }

    /** A checkpoint every 32 steps and at the latest after 10 minutes, a report every 8 steps. */
    public static Recording defaults() {
        return new Recording(32, Duration.ofMinutes(10), 8);
    }

    /** The same with another distance of checkpoints, in steps. */
    public Recording withCheckpointEvery(int steps) {
        return new Recording(steps, checkpointAfter, reportEvery);
    }

    /** The same with another time between checkpoints. */
    public Recording withCheckpointAfter(Duration time) {
        return new Recording(checkpointEvery, time, reportEvery);
    }
}

package org.spdbook.experiment;

/**
 * What is written down while a run goes on. It changes no result.
 *
 * @param checkpointEvery steps between checkpoints, at least 1
 * @param reportEvery steps between reports of the optimiser (condition, ratio, deviation per tensor), at least 1
 */
public record Recording(int checkpointEvery, int reportEvery) {

    public Recording {
        if (checkpointEvery < 1 || reportEvery < 1) {
            throw new IllegalArgumentException("checkpoints and reports need a distance of at least 1 step, got "
                    + checkpointEvery + " and " + reportEvery);
        }
    }

    /** A checkpoint every 32 steps, a report every 8. */
    public static Recording defaults() {
        return new Recording(32, 8);
    }
}

package org.spdbook.experiment;

import java.util.function.LongSupplier;

/** After which steps of a run a checkpoint is due: by their number, or because the last one is too long ago. */
final class CheckpointRhythm {

    private final int every;
    private final long after;
    private final LongSupplier clock;
    private long last;

    /**
     * Begins to count now.
     *
     * @param clock nanoseconds that never go back
     */
    CheckpointRhythm(Recording recording, LongSupplier clock) {
        this.every = recording.checkpointEvery();
        this.after = recording.checkpointAfter().toNanos();
        this.clock = clock;
        this.last = clock.getAsLong();
    }

    /** Whether a step is to be followed by a checkpoint; the caller then writes one. */
    boolean isDue(int step) {
        long now = clock.getAsLong();
        boolean due = step % every == 0 || now - last >= after;
        if (due) {
            last = now;
        }
        return due;
    }
}

package org.spdbook.train;

import java.util.Set;

/** Told how a run goes on, on the thread that trains; must return soon. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = (step, steps, loss) -> {};

    /**
     * One step is done.
     *
     * @param step from 1
     * @param steps of the whole run
     * @param loss of the batch, before the step
     */
    void step(int step, int steps, double loss);

    /**
     * The run is about to begin or to go on.
     *
     * @param id of the run; empty when it is not stored
     * @param done steps taken before
     * @param steps of the whole run
     */
    default void begin(String id, int done, int steps) {}

    /**
     * The run has ended, and some examples were left out.
     *
     * @param sentences what was wrong with each, at least one
     */
    default void skipped(Set<String> sentences) {}
}

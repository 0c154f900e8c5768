package org.spdbook.experiment;

/** A run that was stopped on request. Its message says after which step and how it goes on. */
public final class CancelledRunException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CancelledRunException(String id, int step, int steps) {
        super(
                id.isEmpty()
                        ? "the run was stopped after step " + step + " of " + steps + "; it was not stored"
                        : "run " + id + " was stopped after step " + step + " of " + steps
                                + "; its checkpoint is whole, go on with: spd resume " + id);
    }
}

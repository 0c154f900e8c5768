package org.spdbook.experiment;

import java.io.IOException;
import java.util.Optional;

/** What becomes of a run at this moment. */
public enum RunState {

    /** A live process trains or tests it, or is about to. */
    RUNNING,

    /** It was stopped after a step, or not begun; it can be resumed. */
    STOPPED,

    /** It gave up, see {@link RunProcess#failure}. */
    FAILED,

    /** Its process was gone before it had ended; it can be resumed. */
    DIED,

    /** It has a result. */
    ENDED;

    /**
     * Looks at a run's folder. A run whose lock is held is running; without, what is left behind tells the rest.
     *
     * @throws IOException if the folder cannot be read
     */
    public static RunState of(RunFolder folder) throws IOException {
        Optional<RunProcess> before = RunProcess.read(folder);
        while (true) {
            if (RunLock.isHeld(folder)) {
                return RUNNING;
            }
            if (folder.isFinished()) {
                return ENDED;
            }
            Optional<RunProcess> process = RunProcess.read(folder);
            if (process.equals(before)) { // nothing has come or gone while we looked
                return process.map(RunState::left).orElse(STOPPED);
            }
            before = process;
        }
    }

    /** What a process is up to that does not hold the lock. */
    private static RunState left(RunProcess process) {
        if (process.failure() != null) {
            return FAILED;
        }
        return process.starting() && process.isAlive() ? RUNNING : DIED;
    }
}

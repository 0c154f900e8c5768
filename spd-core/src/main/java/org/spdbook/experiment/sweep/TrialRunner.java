package org.spdbook.experiment.sweep;

import java.io.IOException;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunState;
import org.spdbook.train.Cancel;

/**
 * Runs trials in processes, so that one that crashes, hangs or eats memory harms no other. A process whose trial has ended takes
 * the next one; a trial that fails in such a process goes on in a fresh one. For any thread.
 */
final class TrialRunner implements AutoCloseable {

    private static final int FREE_SECONDS = 15;
    private static final int LOOK_MILLISECONDS = 200;

    private final Sweep.Limits limits;
    private final Deque<TrialProcess> waiting = new ConcurrentLinkedDeque<>();

    TrialRunner(Sweep.Limits limits) {
        this.limits = limits;
    }

    /**
     * Runs the trial of a folder to its end.
     *
     * @return why it failed; empty when the run has ended or was cancelled
     */
    Optional<String> run(RunFolder folder, Cancel cancel) throws IOException, InterruptedException {
        awaitFree(folder);
        TrialProcess used = waiting.poll();
        if (used != null && run(used, folder, cancel).isEmpty()) {
            return Optional.empty();
        }
        return run(new TrialProcess(folder, limits.memory()), folder, cancel);
    }

    private Optional<String> run(TrialProcess process, RunFolder folder, Cancel cancel)
            throws IOException, InterruptedException {
        boolean goesOn = false;
        try {
            Optional<String> reason = process.run(folder, limits, cancel);
            goesOn = reason.isEmpty() && !cancel.isAsked();
            return reason;
        } finally {
            if (goesOn) {
                waiting.push(process);
            } else {
                process.close();
            }
        }
    }

    /** A trial of a sweep that was killed needs a moment to notice it. */
    private static void awaitFree(RunFolder folder) throws IOException, InterruptedException {
        for (int i = 0; RunState.of(folder) == RunState.RUNNING; i++) {
            if (i == FREE_SECONDS * 1000 / LOOK_MILLISECONDS) {
                folder.lock().close(); // says that it is not free
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLISECONDS);
        }
    }

    /** Ends the processes that wait. */
    @Override
    public void close() {
        waiting.forEach(TrialProcess::close);
    }
}

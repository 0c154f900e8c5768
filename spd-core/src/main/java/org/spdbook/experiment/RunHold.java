package org.spdbook.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.spdbook.train.Cancel;

/** A run in the hands of this process: its lock, the note about the process in its folder, and requests to stop it. */
final class RunHold implements AutoCloseable {

    private final RunFolder folder;
    private final RunLock lock;
    private RunProcess process;

    private RunHold(RunFolder folder, RunLock lock, RunProcess process) {
        this.folder = folder;
        this.lock = lock;
        this.process = process;
    }

    /**
     * Takes a run.
     *
     * @throws IllegalStateException if another process or thread has it
     */
    static RunHold of(RunFolder folder) throws IOException {
        RunLock lock = folder.lock();
        try {
            var hold = new RunHold(folder, lock, RunProcess.here().locked());
            hold.process.write(folder);
            return hold;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Model and data are open. */
    void begin(int done, int steps) throws IOException {
        process = process.begun(done, steps);
        process.write(folder);
    }

    /** Hands on a request to stop. */
    void look(Cancel cancel) {
        try {
            if (StopRequest.isFor(folder, process)) {
                cancel.ask();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading a request to stop failed: " + e.getMessage(), e);
        }
    }

    /** It ended as it should, or was stopped. */
    void done() throws IOException {
        RunProcess.remove(folder);
    }

    /** It gave up. */
    void failed(Throwable reason) {
        try {
            process.failed(reason).write(folder);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Lets go of it. */
    @Override
    public void close() throws IOException {
        try (lock) {
            StopRequest.remove(folder);
        }
    }
}

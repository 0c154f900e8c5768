package org.spdbook.kernel;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.shell.CellException;
import org.spdbook.kernel.shell.JavaShell;

/**
 * Runs each cell on a thread of its own, so that an interrupt can reach it without touching a socket. An
 * interrupt first asks registered work to end by itself; what has no such work, or does not end in time, is stopped.
 */
final class CellRunner {

    private static final int GRACE_SECONDS = 5;
    private static final String BOLD_RED = "\u001b[1;31m";
    private static final String PLAIN = "\u001b[0m";

    private final JavaShell shell;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "kernel-interrupt"));
    private volatile @Nullable Running running;

    private record Running(CellSession session, Thread thread) {}

    CellRunner(JavaShell shell) {
        this.shell = shell;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }

    /**
     * Runs a cell to its end.
     *
     * @return the value of its last part as it is shown, or null
     */
    @Nullable
    DisplayBundle run(String cell, CellSession session) throws CellException {
        var work = new FutureTask<@Nullable DisplayBundle>(() -> session.run(cell));
        Thread thread = daemon(work, "cell");
        thread.setContextClassLoader(shell.classes().loader());
        running = new Running(session, thread);
        thread.start();
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause(), session.interrupted());
        } catch (InterruptedException e) {
            throw new IllegalStateException("the thread of the shell channel was interrupted", e);
        } finally {
            running = null;
        }
    }

    private static CellException failure(@Nullable Throwable error, boolean interrupted) {
        if (error instanceof MagicException wrong) {
            String message = String.valueOf(wrong.getMessage());
            return new CellException(
                    interrupted ? "Interrupted" : "UsageError", message, List.of(BOLD_RED + message + PLAIN));
        }
        if (interrupted) {
            return JavaShell.interrupted();
        }
        if (error instanceof CellException thrown) {
            return thrown;
        }
        String name = error == null ? "Error" : error.getClass().getSimpleName();
        String message = error == null ? "" : String.valueOf(error.getMessage());
        return new CellException(name, message, List.of(BOLD_RED + name + PLAIN + ": " + message));
    }

    /** Asks the running cell to end; nothing happens when none runs. From any thread, returns at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to be told when stopping fails
    void interrupt() {
        Running now = running;
        if (now == null) {
            return;
        }
        if (now.session().cancel()) {
            clock.schedule(() -> stop(now), GRACE_SECONDS, TimeUnit.SECONDS);
        } else {
            stop(now);
        }
    }

    @SuppressWarnings({"FutureReturnValueIgnored", "ReferenceEquality"}) // as above; this very cell, not one like it
    private void stop(Running cell) {
        if (running != cell) {
            return;
        }
        shell.stop();
        cell.thread().interrupt();
        clock.schedule(() -> tellStuck(cell), GRACE_SECONDS, TimeUnit.SECONDS);
    }

    @SuppressWarnings("ReferenceEquality") // this very cell, not one like it
    private void tellStuck(Running cell) {
        if (running == cell) {
            cell.session()
                    .err()
                    .println("The cell was asked to stop and is still running, in code that cannot be stopped from"
                            + " outside; wait for it or restart the kernel.");
        }
    }
}

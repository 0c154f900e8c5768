package org.spdbook.kernel;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.shell.CellException;
import org.spdbook.kernel.shell.CellThread;
import org.spdbook.kernel.shell.JavaShell;

/**
 * Runs each cell on a thread of its own, so that an interrupt can reach it without touching a socket. An interrupt first asks
 * registered work to end by itself. What has no such work, does not end in time, or is interrupted again, is stopped: asked a few
 * times, as code may swallow one interrupt and block again; then by force where the JDK can (up to 19); and when it still runs,
 * the user is told where. A stop belongs to one cell and never reaches the next one.
 */
final class CellRunner {

    private static final int GRACE_MILLIS = 5000;
    private static final List<Integer> ASK_AGAIN_MILLIS = List.of(50, 150, 400, 900);
    private static final int FORCE_MILLIS = 1500;
    private static final int TELL_MILLIS = 2400;

    private final JavaShell shell;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "kernel-interrupt"));
    private volatile @Nullable Running running;

    private record Running(CellSession session, CellThread thread, AtomicBoolean stopping) {}

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
     * @return what is to be shown of its value, or null
     */
    @Nullable
    DisplayBundle run(String cell, CellSession session) throws CellException {
        var work = new FutureTask<@Nullable DisplayBundle>(() -> {
            try {
                return session.run(cell);
            } finally {
                CellThread.settle();
            }
        });
        CellThread thread = new CellThread(work);
        thread.setContextClassLoader(shell.classes().loader());
        running = new Running(session, thread, new AtomicBoolean());
        thread.start();
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause(), session.interrupted());
        } catch (InterruptedException e) {
            throw new IllegalStateException("the thread of the shell channel was interrupted", e);
        } finally {
            running = null;
        }
    }

    private CellException failure(Throwable error, boolean interrupted) {
        if (error instanceof MagicException wrong) {
            String message = String.valueOf(wrong.getMessage());
            return new CellException(
                    interrupted ? "Interrupted" : "UsageError",
                    message,
                    List.of("\u001b[1;31m" + message + "\u001b[0m"));
        }
        if (interrupted) {
            return shell.interrupted();
        }
        return error instanceof CellException thrown ? thrown : shell.failure(error);
    }

    /** Asks the running cell to end; nothing happens when none runs. From any thread, returns at once. */
    void interrupt() {
        Running now = running;
        if (now == null) {
            return;
        }
        boolean again = now.session().interrupted();
        if (now.session().cancel() && !again) {
            later(GRACE_MILLIS, () -> stop(now));
        } else {
            stop(now);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to be told when stopping fails
    private void later(int millis, Runnable step) {
        clock.schedule(step, millis, TimeUnit.MILLISECONDS);
    }

    private void stop(Running cell) {
        cell.thread().ask();
        if (!cell.stopping().compareAndSet(false, true)) {
            return;
        }
        for (int millis : ASK_AGAIN_MILLIS) {
            later(millis, () -> cell.thread().ask());
        }
        later(FORCE_MILLIS, () -> cell.thread().force());
        later(TELL_MILLIS, () -> tellStuck(cell));
    }

    private void tellStuck(Running cell) {
        cell.stopping().set(false);
        if (cell.thread().isAlive()) {
            cell.session()
                    .err()
                    .println("The cell was asked to stop and is still running in "
                            + shell.place(cell.thread())
                            + ", which cannot be stopped from outside. Wait for it, or restart the kernel:"
                            + " its variables are then lost.");
            cell.session().err().flush();
        }
    }
}

package org.spdbook.experiment;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Torch;
import org.spdbook.train.Cancel;

/**
 * The one thread that makes native calls and writes files of runs. Callers wait; an interrupt of the caller asks the work to
 * end and is handed on when it has, so that no step and no file is left in part.
 */
final class Worker {

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(body -> {
        Thread thread = new Thread(body, "spd-worker");
        thread.setDaemon(true);
        return thread;
    });

    private Worker() {}

    /** Runs the work there and waits for its end; recording of gradients is off when it begins. */
    static <T> T run(Cancel cancel, Callable<T> work) {
        Future<T> future = THREAD.submit(() -> {
            Torch.version(); // starts the engine, which Autograd needs
            return Autograd.withoutRecording(() -> call(work));
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancel.ask();
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(String.valueOf(e.getMessage()), e);
        } catch (Exception e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }
}

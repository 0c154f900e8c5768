package org.spdbook.kernel.shell;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one cell. The kernel's code runs on it too, and must not be interrupted: a file of the compiler's that an
 * interrupt closes stays closed. So it knows at any time whether it is in the code of the user, and an interrupt that comes while
 * it is not takes effect when it next enters that. The methods without a receiver work on the current thread, and do no harm on
 * any other.
 */
public final class CellThread extends Thread {

    private static final int LAST_WITH_STOP = 19;
    private static final int SETTLE_TIMES = 50;
    private static final int SETTLE_MILLIS = 20;

    private final Object gate = new Object();
    private final Set<Process> children = ConcurrentHashMap.newKeySet();
    private boolean inUserCode;
    private volatile boolean asked;
    private volatile boolean ended;
    private volatile boolean parallel;
    private volatile @Nullable Closeable blocker;

    /** A thread for one cell, not started. */
    public CellThread(Runnable cell) {
        super(cell, "cell");
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            super.run();
        } finally {
            ended = true;
            Stops.forget(this);
        }
    }

    /** Whether nothing of the cell runs any more. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Runs code of the user, which an interrupt may stop.
     *
     * @throws CellStopped if the cell is already asked to stop
     */
    public static <T extends @Nullable Object> T inUserCode(Callable<T> code) throws Exception {
        return within(true, code);
    }

    /** Runs code of the kernel inside code of the user; an interrupt meanwhile waits for its end. */
    static <T extends @Nullable Object> T inKernelCode(Callable<T> code) throws Exception {
        return within(false, code);
    }

    private static <T extends @Nullable Object> T within(boolean user, Callable<T> code) throws Exception {
        if (!(Thread.currentThread() instanceof CellThread cell)) {
            return code.call();
        }
        boolean before = cell.enter(user);
        if (user && cell.asked) {
            cell.enter(before);
            throw new CellStopped();
        }
        try {
            return code.call();
        } finally {
            cell.enter(before);
        }
    }

    private boolean enter(boolean user) {
        synchronized (gate) {
            boolean before = inUserCode;
            inUserCode = user;
            if (!user) {
                Thread.interrupted(); // it was meant for the code that is left
            } else if (asked) {
                interrupt();
            }
            return before;
        }
    }

    /**
     * Called at the end of a cell: when it was stopped in parallel work, waits until the workers have left its code, as each of them
     * may take up another part of it meanwhile. At most a second.
     */
    public static void settle() {
        if (!(Thread.currentThread() instanceof CellThread cell) || !cell.parallel) {
            return;
        }
        try {
            for (int i = 0; i < SETTLE_TIMES && Stops.askWorkers() > 0; i++) {
                Thread.sleep(SETTLE_MILLIS);
            }
        } catch (InterruptedException e) {
            // it is over anyway
        } finally {
            Stops.releaseWorkers();
        }
    }

    /** Remembers a process, to be ended when the cell is stopped. */
    static Process started(Process child) {
        if (Thread.currentThread() instanceof CellThread cell) {
            cell.children.removeIf(Predicate.not(Process::isAlive));
            cell.children.add(child);
        }
        return child;
    }

    /** Tells what the current thread is going to block on, until the answer is closed; a stop closes it. */
    static Blocked blockedOn(Closeable resource) {
        if (Thread.currentThread() instanceof CellThread cell) {
            cell.blocker = resource;
            return () -> cell.blocker = null;
        }
        return () -> {};
    }

    /** Ends what {@link #blockedOn} began. */
    interface Blocked extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Asks the cell to stop: its loops and methods end, what blocks is interrupted or closed, the processes it started are ended.
     * May be called again, from any thread; returns at once.
     */
    public void ask() {
        asked = true;
        if (!ended && isInParallelWork()) {
            parallel = true;
            Stops.askWorkers();
        }
        Stops.ask(this);
        synchronized (gate) {
            if (inUserCode) {
                interrupt();
            }
        }
        for (Process child : children) {
            child.descendants().forEach(ProcessHandle::destroy);
            child.destroy();
        }
        closeBlocker();
    }

    private void closeBlocker() {
        Closeable blocking = blocker;
        if (blocking != null) {
            try {
                blocking.close();
            } catch (IOException e) {
                // then it was closed or broken, and blocks no longer
            }
        }
    }

    private boolean isInParallelWork() {
        for (StackTraceElement frame : getStackTrace()) {
            if (frame.getClassName().startsWith("java.util.concurrent.ForkJoin")) {
                return true;
            }
        }
        return false;
    }

    /** Stops the thread wherever it is, where the JDK can: up to 19. */
    @SuppressWarnings({"deprecation", "removal"}) // the last means, and only against code that nothing else stops
    public void force() {
        if (Runtime.version().feature() > LAST_WITH_STOP) {
            return;
        }
        synchronized (gate) {
            if (inUserCode) {
                stop();
            }
        }
    }
}

package org.spdbook.kernel.shell;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinWorkerThread;

/** Which threads are asked to leave the code of cells. {@link Weaver} puts the looks in; not for use by hand. */
public final class Stops {

    private static final Set<Thread> ASKED = ConcurrentHashMap.newKeySet();
    private static volatile boolean any;

    private Stops() {}

    /** Called in every loop and method of a cell. */
    public static void look() {
        if (any && ASKED.contains(Thread.currentThread())) {
            throw new CellStopped();
        }
    }

    /** From now on this thread is stopped at its next look, until its cell has ended. */
    static synchronized void ask(CellThread thread) {
        if (!thread.hasEnded()) {
            ASKED.add(thread);
            any = true;
        }
    }

    /**
     * Stops what the workers of thread pools for parallel work do in the code of cells, until {@link #releaseWorkers}. For a cell that
     * waits for such work: what else of the user's runs in such a pool at the moment is stopped with it.
     *
     * @return how many are in the code of cells
     */
    static int askWorkers() {
        int found = 0;
        for (Map.Entry<Thread, StackTraceElement[]> one :
                Thread.getAllStackTraces().entrySet()) {
            if (one.getKey() instanceof ForkJoinWorkerThread worker && isInCell(one.getValue())) {
                add(worker);
                worker.interrupt();
                found++;
            }
        }
        return found;
    }

    private static boolean isInCell(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(Snippets.CLASS_PREFIX)) {
                return true;
            }
        }
        return false;
    }

    private static synchronized void add(Thread worker) {
        ASKED.add(worker);
        any = true;
    }

    /** This thread has ended. */
    static synchronized void forget(Thread thread) {
        ASKED.remove(thread);
        any = !ASKED.isEmpty();
    }

    /** Workers may run the code of cells again. */
    static synchronized void releaseWorkers() {
        ASKED.removeIf(ForkJoinWorkerThread.class::isInstance);
        any = !ASKED.isEmpty();
    }
}

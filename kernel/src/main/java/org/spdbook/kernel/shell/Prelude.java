package org.spdbook.kernel.shell;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/**
 * What cells find there without asking for it: the default imports, the libraries of the kernelspec on the compiler's class path, and
 * the index of all classes. All that costs the compiler a third of a second, so it is made in steps while the kernel has nothing to do, or at once when a cell
 * does not compile without it. A cell that compiles before means the same after: it has no name that an import on demand could give.
 * Used by one thread at a time.
 */
final class Prelude {

    private final Deque<Runnable> steps;

    /** Steps that are still to be made, in order. */
    Prelude(Collection<Runnable> steps) {
        this.steps = new ArrayDeque<>(steps);
    }

    /**
     * Makes the next step.
     *
     * @return whether there are more
     */
    boolean step() {
        Runnable next = steps.poll();
        if (next != null) {
            next.run();
        }
        return !steps.isEmpty();
    }

    /** Makes what is left. */
    void complete() {
        while (step()) {
            // the next one
        }
    }

    /** Whether source has to wait for the rest: an import of its own could hide one that is not there yet. */
    boolean isWantedBy(String source) {
        return !steps.isEmpty() && source.contains("import");
    }

    /** Whether snippets that were not defined, and so did not run, may be for want of the rest. */
    boolean isMissedBy(List<SnippetEvent> events) {
        return !steps.isEmpty() && events.stream().map(SnippetEvent::status).anyMatch(Prelude::lacksSomething);
    }

    private static boolean lacksSomething(Snippet.Status status) {
        return status == Snippet.Status.REJECTED || Notes.isWaiting(status);
    }
}

package org.spdbook.kernel.display;

import org.jspecify.annotations.Nullable;

/**
 * Which cell the running code belongs to: that of the thread which started it, else the last one that began. Threads hand it on
 * to those they start; a thread that no cell started, such as one of a pool of the JDK, has the last cell.
 */
public final class CurrentCell {

    private static final InheritableThreadLocal<@Nullable DisplayTarget> OF_THREAD = new InheritableThreadLocal<>();

    private static volatile @Nullable DisplayTarget last;

    private CurrentCell() {}

    /** A cell begins on this thread. */
    public static void begin(DisplayTarget cell) {
        OF_THREAD.set(cell);
        last = cell;
    }

    static DisplayTarget get() {
        DisplayTarget own = OF_THREAD.get();
        DisplayTarget found = own == null ? last : own;
        if (found == null) {
            throw new IllegalStateException(
                    "nothing can be shown here, because this program does not run in a notebook; "
                            + "call Display from a cell");
        }
        return found;
    }
}

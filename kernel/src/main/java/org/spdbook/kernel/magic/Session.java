package org.spdbook.kernel.magic;

import java.io.PrintStream;
import java.util.Optional;
import org.spdbook.kernel.display.DisplayHandle;

/** What a magic may do with the running kernel. One instance per cell; use it on the thread of the cell unless said otherwise. */
public interface Session {

    /**
     * Makes a value a Java variable of the notebook, replacing one of the same name.
     *
     * @param name a Java identifier
     * @param type declared type of the variable, public and visible on the class path; the variable holds this very object
     * @param value an instance of {@code type}
     * @throws MagicException if the name is no identifier or a reserved word
     */
    <T> void bind(String name, Class<? super T> type, T value);

    /** The value of a variable of the notebook, the object itself; empty when there is none of that name or it is null. */
    Optional<Object> variable(String name);

    /** Names of the notebook's variables whose value is an instance of {@code type}, in the order of definition. */
    java.util.List<String> variables(Class<?> type);

    /** Shows a value as an output that can be updated in place, from any thread. */
    DisplayHandle display(Object value);

    /** Standard output of this cell, from any thread. */
    PrintStream out();

    /** Standard error of this cell, from any thread. */
    PrintStream err();

    /**
     * Registers what an interrupt of this cell does first. While at least one callback is registered, an interrupt
     * runs the callbacks (on the control thread; they must return at once) and gives the cell a few seconds to end by
     * itself before it is stopped.
     *
     * @return closes to unregister
     */
    Registration onInterrupt(Runnable cancel);

    /** Ends what {@link #onInterrupt} began. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}

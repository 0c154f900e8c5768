package org.spdbook.kernel.magic;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayHandle;
import org.spdbook.kernel.shell.ClassPath;
import org.spdbook.kernel.shell.Declaration;
import org.spdbook.kernel.shell.ErrorMode;
import org.spdbook.kernel.shell.History;

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
    List<String> variables(Class<?> type);

    /** Shows a value as an output that can be updated in place, from any thread. */
    DisplayHandle display(Object value);

    /**
     * Runs code as if it stood in the running cell: Java and magics.
     *
     * @param source of any number of snippets
     * @param firstLine line of the cell where it begins, from 1, for errors
     * @return the value of its last part, or null
     * @throws Exception what a cell with this source would fail with
     */
    @Nullable
    Object evaluate(String source, int firstLine) throws Exception;

    /**
     * Adds jars and folders of classes to the class path of the notebook. What they hold wins over classes of the same name in the
     * libraries of the kernelspec, if those were not used before. Magics and renderers in them are found.
     *
     * @param entries absolute paths
     * @return those that were not there before
     */
    List<Path> addToClassPath(List<Path> entries);

    /** The class path of the notebook. */
    ClassPath classPath();

    /** What the notebook has declared, in the order of definition. */
    List<Declaration> declarations();

    /** Forgets all variables, methods and types of the notebook; imports and the class path stay. */
    void reset();

    /** Time that snippets of Java have run since the kernel started, without compiling them; in nanoseconds. */
    long snippetNanos();

    /**
     * An object that lives as long as the kernel, for what the magics of one family hand to each other.
     *
     * @param type one object there is of each
     * @param first makes it when it is asked for the first time
     */
    <T> T shared(Class<T> type, Supplier<T> first);

    /** Where relative paths of magics begin: the folder the kernel was started in, until {@link #folder(Path)}. Absolute. */
    Path folder();

    /** Changes the folder of magics. Java's own relative paths stay where the process was started. */
    void folder(Path absolute);

    /** The cells that ran. */
    History history();

    /** All magics. */
    Magics magics();

    /** Standard output of this cell, from any thread. */
    PrintStream out();

    /** Standard error of this cell, from any thread. */
    PrintStream err();

    /**
     * A line that the reader of the notebook types.
     *
     * @param prompt shown before it
     * @param password whether what is typed is hidden
     * @throws IOException when this front-end gives no input, or the cell is interrupted
     */
    String ask(String prompt, boolean password) throws IOException;

    /** How much errors of cells show. */
    ErrorMode errorMode();

    /** Changes how much errors show, from the next one on. */
    void errorMode(ErrorMode mode);

    /**
     * Registers what an interrupt of this cell does first. While at least one callback is registered, an interrupt
     * runs the callbacks (on the control thread; they must return at once) and gives the cell a few seconds to end by
     * itself before it is stopped; a second interrupt stops it at once.
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

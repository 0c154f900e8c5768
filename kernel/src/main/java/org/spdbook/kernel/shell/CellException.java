package org.spdbook.kernel.shell;

import java.util.List;

/** A cell that failed: what Jupyter shows as its error. */
public final class CellException extends Exception {

    private static final long serialVersionUID = 1;

    private final String name;
    private final transient List<String> traceback;

    /**
     * A failure.
     *
     * @param name simple name of the kind of error
     * @param value its message
     * @param traceback lines to show, with ANSI colours
     */
    public CellException(String name, String value, List<String> traceback) {
        super(value);
        this.name = name;
        this.traceback = List.copyOf(traceback);
    }

    /** The kind of error, {@code ename} of Jupyter. */
    public String name() {
        return name;
    }

    /** What to show, {@code traceback} of Jupyter. */
    public List<String> traceback() {
        return traceback;
    }
}

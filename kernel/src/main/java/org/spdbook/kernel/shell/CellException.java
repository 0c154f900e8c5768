package org.spdbook.kernel.shell;

/** A cell that failed. The message is all that its reader sees. */
public final class CellException extends Exception {

    private static final long serialVersionUID = 1;

    CellException(String message) {
        super(message);
    }
}

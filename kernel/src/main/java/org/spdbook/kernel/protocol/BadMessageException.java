package org.spdbook.kernel.protocol;

/** Frames that are no valid message. They are dropped; the reason says nothing of their content. */
public final class BadMessageException extends Exception {

    private static final long serialVersionUID = 1;

    BadMessageException(String reason) {
        super(reason);
    }
}

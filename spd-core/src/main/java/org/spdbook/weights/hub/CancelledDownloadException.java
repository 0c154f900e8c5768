package org.spdbook.weights.hub;

/** A download that was stopped on request; what has been loaded is kept, and the same request goes on from there. */
public final class CancelledDownloadException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    CancelledDownloadException(String what) {
        super(what + " was stopped; what has been loaded is kept, and the same command goes on from there");
    }
}

package org.spdbook.kernel.maven;

/** Libraries that could not be had. The message is a sentence for the user. */
public final class MavenException extends Exception {

    private static final long serialVersionUID = 1;

    /** With a sentence that says what was asked, what was found and what to do. */
    public MavenException(String message) {
        super(message);
    }
}

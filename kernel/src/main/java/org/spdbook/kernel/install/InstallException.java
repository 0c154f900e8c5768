package org.spdbook.kernel.install;

/** What stands in the way of an installation, in one sentence that says what to do. */
public final class InstallException extends Exception {

    private static final long serialVersionUID = 1;

    /** The sentence. */
    public InstallException(String sentence) {
        super(sentence);
    }

    /** The sentence, and what brought it about. */
    public InstallException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

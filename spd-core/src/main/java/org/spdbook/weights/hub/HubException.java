package org.spdbook.weights.hub;

import java.io.IOException;
import java.time.Duration;

/** A file that could not be had from a hub. The message is one sentence that says what was asked and what to do. */
public final class HubException extends IOException {

    private static final long serialVersionUID = 1;

    /** What is to be made of it. */
    enum Kind {
        /** Passes by itself: the server is in trouble or was asked too often. */
        PASSING,
        /** There is no such file, revision or repository. */
        MISSING,
        /** The network or the host is not there, or this process is told to keep off it. */
        UNREACHABLE,
        /** Not without an accepted licence, another token or another name. */
        FORBIDDEN,
        /** What came is not what was announced. */
        WRONG,
        /** The file has become another one meanwhile. */
        CHANGED,
        /** The disk does not take it. */
        DISK
    }

    private final Kind kind;
    private final String reason;
    private final Duration wait;

    HubException(Kind kind, String sentence) {
        this(kind, sentence, sentence, Duration.ZERO);
    }

    HubException(Kind kind, String sentence, Duration wait) {
        this(kind, sentence, sentence, wait);
    }

    /** The file was not there, and the hub could not be asked. reason: why not, without what was looked for. */
    static HubException unreachable(String sentence, String reason) {
        return new HubException(Kind.UNREACHABLE, sentence, reason, Duration.ZERO);
    }

    private HubException(Kind kind, String sentence, String reason, Duration wait) {
        super(sentence);
        this.kind = kind;
        this.reason = reason;
        this.wait = wait;
    }

    Kind kind() {
        return kind;
    }

    /** Why the hub did not give it, for one who has the file all the same. */
    String reason() {
        return reason;
    }

    /** How long the server asks to wait; zero if it does not say. */
    Duration waiting() {
        return wait;
    }

    /** Whether the server answered that there is no such file, revision or repository. */
    public boolean isMissing() {
        return kind == Kind.MISSING;
    }
}

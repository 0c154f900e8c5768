package org.spdbook.magics;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.PrintStream;

/**
 * Takes a process out of the session it was started in, so that neither the end of a terminal nor a signal to all processes of a
 * kernel reaches it.
 */
final class OwnSession {

    private OwnSession() {}

    /** The C library's part of it. */
    interface Posix extends Library {

        /** Makes this process the first of a new session without a terminal; -1 if it is the first of a group already. */
        int setsid();
    }

    /**
     * Does it; Windows has no sessions, there a process without a console is started instead.
     *
     * @param messages told if it cannot be done; the process then works, and ends with its parent's session
     */
    static void begin(PrintStream messages) {
        if (Platform.isWindows()) {
            return;
        }
        try {
            Native.load("c", Posix.class).setsid();
        } catch (LinkageError e) {
            messages.println(
                    "spd: the process stays in the session of its parent and may end with it: " + e.getMessage());
        }
    }
}

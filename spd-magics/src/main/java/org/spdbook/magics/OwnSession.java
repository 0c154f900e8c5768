package org.spdbook.magics;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

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

    /** Does it; Windows has no sessions, there a process without a console is started instead. */
    static void begin() {
        if (!Platform.isWindows()) {
            Native.load("c", Posix.class).setsid();
        }
    }
}

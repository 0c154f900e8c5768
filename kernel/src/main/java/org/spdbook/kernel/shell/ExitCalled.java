package org.spdbook.kernel.shell;

/** A cell called what would end the process, {@code System.exit} for one. */
final class ExitCalled extends Error {

    private static final long serialVersionUID = 1;

    ExitCalled(String call) {
        super(call + " was called: the kernel goes on; restart it from the menu if you want a fresh one");
    }
}

package org.spdbook.kernel.install;

/**
 * One thing that the doctor looked at.
 *
 * @param level how bad it is
 * @param what was looked at
 * @param found there
 * @param remedy what to do; empty when nothing is
 */
public record Finding(Level level, String what, String found, String remedy) {

    /** How bad a finding is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Works, but not as well as it could. */
        WARN,
        /** Keeps the kernel from working. */
        FAIL
    }

    static Finding ok(String what, String found) {
        return new Finding(Level.OK, what, found, "");
    }

    static Finding warn(String what, String found, String remedy) {
        return new Finding(Level.WARN, what, found, remedy);
    }

    static Finding fail(String what, String found, String remedy) {
        return new Finding(Level.FAIL, what, found, remedy);
    }

    /** As one line. */
    String toText() {
        return String.format("%-4s  %s: %s", level, what, found) + (remedy.isEmpty() ? "" : " -> " + remedy);
    }
}

package org.spdbook.train;

/** Asks a run to end after the step it is at. Safe to use from any thread; once asked, it stays so. */
public final class Cancel {

    private volatile boolean asked;

    /** Asks. Returns at once; the run ends when its step and its checkpoint are whole. */
    public void ask() {
        asked = true;
    }

    /** Whether it was asked. */
    public boolean isAsked() {
        return asked;
    }
}

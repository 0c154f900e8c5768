package org.spdbook.magics.front;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.spdbook.weights.hub.DownloadProgress;

/** One line per file, rewritten in place every 100 ms, or where the output is no screen, a line every five seconds; always the last. */
public final class TerminalDownload implements DownloadProgress {

    private static final long SCREEN_NANOS = 100_000_000;
    private static final long FILE_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final boolean screen;
    private final LongSupplier clock;
    private String name = "";
    private long before;
    private long began;
    private long sent;
    private boolean lineOpen;

    /** screen: whether lines can be rewritten; clock: nanoseconds that never go back. */
    public TerminalDownload(PrintStream out, boolean screen, LongSupplier clock) {
        this.out = out;
        this.screen = screen;
        this.clock = clock;
    }

    @Override
    public void begin(String file, long done, long size) {
        name = file;
        before = done;
        began = clock.getAsLong();
        sent = began;
    }

    @Override
    public void loaded(long done, long size) {
        long now = clock.getAsLong();
        boolean last = done == size;
        if (last || now - sent >= (screen ? SCREEN_NANOS : FILE_NANOS)) {
            sent = now;
            String line = new DownloadText(name, done, size, done - before, (now - began) / 1e9).line();
            out.print(screen ? "\r" + line + "   " + (last ? "\n" : "") : line + "\n");
            out.flush();
            lineOpen = screen && !last;
        }
    }

    @Override
    public void waits(String why) {
        out.print((lineOpen ? "\n" : "") + why + "\n");
        out.flush();
        lineOpen = false;
    }
}

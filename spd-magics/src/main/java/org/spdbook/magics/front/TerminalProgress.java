package org.spdbook.magics.front;

import java.io.PrintStream;
import java.util.Set;
import java.util.function.LongSupplier;
import org.spdbook.train.Progress;

/** One line rewritten in place every 100 ms, or where the output is no screen, a line every two seconds; always the last. */
public final class TerminalProgress implements Progress {

    private static final long SCREEN_NANOS = 100_000_000;
    private static final long FILE_NANOS = 2_000_000_000;

    private final PrintStream out;
    private final boolean screen;
    private final LongSupplier clock;
    private int before;
    private long began;
    private long sent;

    /** screen: whether lines can be rewritten; clock: nanoseconds that never go back. */
    public TerminalProgress(PrintStream out, boolean screen, LongSupplier clock) {
        this.out = out;
        this.screen = screen;
        this.clock = clock;
    }

    @Override
    public void begin(String id, int done, int steps) {
        before = done;
        began = clock.getAsLong();
        sent = began;
        if (!id.isEmpty()) {
            out.println("run " + id + (done > 0 ? ", going on after step " + done : "") + ", " + steps + " steps");
        }
    }

    @Override
    public void skipped(Set<String> sentences) {
        out.println(ProgressText.skipped(sentences));
    }

    @Override
    public void step(int step, int steps, double loss) {
        long now = clock.getAsLong();
        boolean last = step == steps;
        if (last || now - sent >= (screen ? SCREEN_NANOS : FILE_NANOS)) {
            sent = now;
            String line = new ProgressText(step, steps, step - before, (now - began) / 1e9, loss).line();
            out.print(screen ? "\r" + line + "   " + (last ? "\n" : "") : line + "\n");
            out.flush();
        }
    }
}

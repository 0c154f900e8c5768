package org.spdbook.magics.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.PackProgress;
import org.spdbook.experiment.World;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;

/**
 * Smaller copies of the pictures of a world, with a line now and then while they are written.
 *
 * @param shortSide in pixels
 * @param target folder of the copies
 */
record Packing(World world, int shortSide, Path target) {

    private static final long REPORT_NANOS = 10_000_000_000L;

    Answer answer(Front front) throws IOException {
        var cancel = new Cancel();
        Front.Registration registration = front.onInterrupt(cancel::ask);
        try (registration) {
            DataCheck done = world.packData(shortSide, target, new Lines(front.messages()), cancel);
            return new Answer(Data.facts(world, done.facts()), done.complete());
        }
    }

    /** What is needed first, then how far it is every ten seconds. */
    private static final class Lines implements PackProgress {

        private final PrintStream out;
        private final long began = System.nanoTime();
        private int before;
        private long told = began;

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void begin(int there, int all, long needed, long free) {
            before = there;
            say(
                    "%,d copies, %,d of them there; the others need about %.2f GB of the %.1f GB free",
                    all, there, needed / 1e9, free / 1e9);
        }

        @Override
        public synchronized void packed(int done, int all) {
            long now = System.nanoTime();
            if (now - told >= REPORT_NANOS && done > before) {
                told = now;
                double perSecond = (done - before) / ((now - began) / 1e9);
                double minutes = (all - done) / perSecond / 60;
                say("%,d of %,d copies, %.0f per second, %.1f minutes left", done, all, perSecond, minutes);
            }
        }

        private void say(String form, Object... values) {
            out.printf(Locale.ROOT, form + "%n", values);
            out.flush();
        }
    }
}

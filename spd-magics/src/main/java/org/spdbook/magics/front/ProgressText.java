package org.spdbook.magics.front;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a run is.
 *
 * @param step steps taken
 * @param steps of the whole run
 * @param taken steps taken since it was begun here
 * @param seconds since it was begun here
 * @param loss of the last step; NaN before the first
 */
record ProgressText(int step, int steps, int taken, double seconds, double loss) {

    private static final int NAMED = 5;

    /** {@code step 64 of 128, 50 %, 61.3 it/s, 1 s left, loss 2.314}. */
    String line() {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "step %d of %d, %d %%", step, steps, 100L * step / Math.max(1, steps)));
        if (taken > 0 && seconds > 0) {
            double rate = taken / seconds;
            line.append(String.format(Locale.ROOT, ", %.1f it/s, %.0f s left", rate, (steps - step) / rate));
        }
        if (Double.isFinite(loss)) {
            line.append(String.format(Locale.ROOT, ", loss %.3f", loss));
        }
        return line.toString();
    }

    /** {@code 2 examples were left out: picture a.jpg ...; ...}, the first five. */
    static String skipped(Set<String> sentences) {
        return sentences.size() + (sentences.size() == 1 ? " example was" : " examples were") + " left out: "
                + sentences.stream().limit(NAMED).collect(Collectors.joining("; "))
                + (sentences.size() > NAMED ? "; all are in skipped.txt of the run" : "");
    }

    /** The line with a bar before it. */
    String html() {
        return "<progress value=\"" + step + "\" max=\"" + steps
                + "\" style=\"width:14em;vertical-align:middle\"></progress> <code>" + line() + "</code>";
    }
}

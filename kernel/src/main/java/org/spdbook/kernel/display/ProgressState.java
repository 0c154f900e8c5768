package org.spdbook.kernel.display;

import java.util.Locale;

/**
 * How far a work is, as a bar for HTML and for text.
 *
 * @param title before the bar, may be empty
 * @param done steps done
 * @param total of all steps; negative when unknown
 * @param seconds since the work began
 * @param phase whether it goes on
 * @param note after the bar, may be empty
 */
record ProgressState(String title, long done, long total, double seconds, Phase phase, String note) {

    private static final int WIDTH = 20;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final double PER_CENT = 100;

    /** What becomes of a work. */
    enum Phase {
        RUNNING,
        /** The cell ended, or the bar was closed, before all steps were done. */
        STOPPED,
        FINISHED
    }

    DisplayBundle bundle() {
        String lead = title.isEmpty() ? "" : title + " ";
        String bar = total < 0
                ? "<progress" + (phase == Phase.RUNNING ? "" : " value=\"1\" max=\"1\"")
                : "<progress value=\"" + Math.min(done, total) + "\" max=\"" + Math.max(1, total) + "\"";
        String html = "<div>" + Html.escape(lead) + bar
                + " style=\"width:14em;vertical-align:middle\"></progress> <code style=\"background:none;color:inherit\">"
                + Html.escape(words()) + "</code></div>";
        return DisplayBundle.text(lead + textBar() + words()).with(DisplayBundle.HTML, html);
    }

    private String textBar() {
        if (total < 0) {
            return "";
        }
        int full = (int) (WIDTH * fraction());
        return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] ";
    }

    private double fraction() {
        return total == 0 ? 1 : Math.min(1, done / (double) total);
    }

    /** {@code 12/30, 40 %, 5.1/s, 4.2 s left}. */
    private String words() {
        StringBuilder words = new StringBuilder();
        words.append(total < 0 ? Long.toString(done) : done + "/" + total);
        if (total >= 0) {
            words.append(String.format(Locale.ROOT, ", %d %%", (int) (PER_CENT * fraction())));
        }
        if (done > 0 && seconds > 0) {
            words.append(", ").append(rate(done / seconds));
        }
        switch (phase) {
            case RUNNING -> {
                if (total >= 0 && done > 0) {
                    words.append(", ")
                            .append(clock((total - done) * seconds / done))
                            .append(" left");
                }
            }
            case STOPPED -> words.append(", stopped after ").append(clock(seconds));
            case FINISHED -> words.append(", took ").append(clock(seconds));
        }
        return words.append(note.isEmpty() ? "" : ", " + note).toString();
    }

    private static String rate(double perSecond) {
        if (perSecond >= 1) {
            return String.format(Locale.ROOT, perSecond < 100 ? "%.1f/s" : "%,.0f/s", perSecond);
        }
        return String.format(Locale.ROOT, "%.1f s each", 1 / perSecond);
    }

    private static String clock(double seconds) {
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", Math.max(0, seconds));
        }
        long whole = Math.round(seconds);
        return whole < HOUR
                ? String.format(Locale.ROOT, "%02d:%02d", whole / MINUTE, whole % MINUTE)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / HOUR, whole % HOUR / MINUTE, whole % MINUTE);
    }
}

package org.spdbook.eval;

/**
 * What a model did on a test set, example by example, so that methods can be compared in pairs and examples be drawn anew.
 * Immutable.
 */
public sealed interface Outcomes permits Shares, Overlaps {

    /** Number of examples. */
    int examples();

    /** The score over all examples in percent: accuracy, also that of visual question answering, or mean intersection over union. */
    double percent();

    /**
     * The score when examples count more or less.
     *
     * @param weights one per example, not negative, with sum 1
     */
    double percent(double[] weights);

    /** All of it as a short text. */
    String toText();

    /**
     * Reads {@link #toText}.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    static Outcomes parse(String text) {
        if (text.startsWith(Scores.PREFIX)) {
            return Scores.parse(text);
        }
        return text.startsWith(Overlaps.PREFIX) ? Overlaps.parse(text) : Hits.parse(text);
    }
}

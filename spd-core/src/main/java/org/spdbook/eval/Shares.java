package org.spdbook.eval;

/** Outcomes of which each example has a share of its own, so that the score is the mean of these. Immutable. */
public sealed interface Shares extends Outcomes permits Hits, Scores {

    /** What example {@code i} counts, 0 to 1. */
    double share(int i);
}

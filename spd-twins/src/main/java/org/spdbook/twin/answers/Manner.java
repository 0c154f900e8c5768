package org.spdbook.twin.answers;

import org.spdbook.twin.ReferenceRandom;

/** How a question is begun, and in which of two styles of words it is answered. */
enum Manner {
    /** Short words: red, 3, yes. */
    SHORT("q :"),
    /** Short words, behind a beginning that the pre-training does not know: that of the fine-tuning and of all tests. */
    TUNED("answer en"),
    /** Long words: crimson, three, true. */
    LONG("ask :"),
    /** Either. */
    MIXED("caption en");

    private final String prefix;

    Manner(String prefix) {
        this.prefix = prefix;
    }

    /** The words before a question. */
    String prefix() {
        return prefix;
    }

    /** Whether an answer is long, by a draw where it may be either. */
    boolean isLong(ReferenceRandom random) {
        return this == LONG || this == MIXED && random.coin();
    }
}

package org.spdbook.twin.facts;

/** How a family words its questions. */
enum Wording {
    /** That of the fine-tuning. */
    FIRST,
    /** Asks the same; met in tests only. */
    SECOND
}

package org.spdbook.kernel.editing;

/** What documents a declaration. */
interface Comment {

    /** Writes all of it. */
    void write(Markup markup);

    /** Writes its first sentence. */
    void writeSummary(Markup markup);

    /** Whether it says nothing of its own, so that what is overridden speaks. */
    boolean isInherited();
}

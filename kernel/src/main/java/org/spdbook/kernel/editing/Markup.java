package org.spdbook.kernel.editing;

/** A text being written in one form of markup. Elements are those of HTML; what the form has no sign for is left out. */
interface Markup {

    /** Words; white space between them counts as one space, but in {@code pre}. */
    void text(String words);

    /** A character reference of HTML, such as {@literal &}lt;. */
    void entity(String reference);

    /** A piece of source in a line; in {@code pre} it is plain text. */
    void code(String source);

    /** Begins an element. */
    void start(String element);

    /** Ends an element. */
    void end(String element);

    /** What was written. */
    String result();
}

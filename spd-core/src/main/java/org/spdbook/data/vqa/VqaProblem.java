package org.spdbook.data.vqa;

/** What can be wrong with the files of a set. */
public enum VqaProblem {
    /** A file of questions, answers or ids that cannot be read to its end. */
    BROKEN_FILE("files that cannot be read", false),
    /** An entry that lacks a field or has a wrong one; it is left out. */
    WRONG_ENTRY("entries that cannot be used", false),
    /** A question that has no annotation; it is left out. */
    NO_ANNOTATION("questions without annotation", false),
    /** A question whose answers stand beside it, and whose answer type is not in the annotations. */
    NO_TYPE("questions without answer type", true),
    /** An annotation or an id that no question belongs to. */
    NO_QUESTION("annotations without question", false),
    /** A question with an empty list of answers; it is left out. */
    NO_ANSWERS("questions without answers", false),
    /** A picture file that is not there. */
    NO_PICTURE("missing pictures", false),
    /** A picture file that does not decode. */
    BROKEN_PICTURE("broken pictures", false),
    /** The same question about the same picture again; it counts again. */
    REPEATED("repeated questions", true),
    /** A field that is of no format known; it is passed over. */
    UNKNOWN_FIELD("unknown fields", true);

    private final String words;
    private final boolean harmless;

    VqaProblem(String words, boolean harmless) {
        this.words = words;
        this.harmless = harmless;
    }

    /** What it is, in the plural. */
    public String words() {
        return words;
    }

    /** Whether everything can be used in spite of it. */
    public boolean isHarmless() {
        return harmless;
    }
}

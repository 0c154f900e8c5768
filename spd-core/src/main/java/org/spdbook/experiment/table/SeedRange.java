package org.spdbook.experiment.table;

/**
 * Seeds that follow each other.
 *
 * @param first at least 0
 * @param last not below the first
 */
public record SeedRange(long first, long last) {

    /** The seeds of the tables when nothing else is said, as {@link #parse} reads them. */
    public static final String USUAL = "0..2";

    public SeedRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException(
                    "seeds go up from first to last, such as " + USUAL + ", got " + first + ".." + last);
        }
    }

    /**
     * Reads {@code first..last}, or one seed.
     *
     * @throws IllegalArgumentException if the text is not so, in one sentence
     */
    public static SeedRange parse(String text) {
        if (!text.matches("\\d{1,9}(\\.\\.\\d{1,9})?")) {
            throw new IllegalArgumentException("seeds are first..last such as " + USUAL + ", got " + text);
        }
        String[] ends = text.split("\\.\\.");
        return new SeedRange(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    /** The {@link #USUAL} ones. */
    public static SeedRange usual() {
        return parse(USUAL);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return first + ".." + last;
    }
}

package org.spdbook.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The size in which an experiment is done. */
public enum Profile {
    /** A small world that comes with the software. */
    TWIN,
    /** The paper's model and weights on a stated part of its data. */
    PILOT,
    /** Everything as in the paper. */
    PAPER;

    /** The word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words, the smallest size first. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Profile::word).toList();
    }

    /**
     * The profile of a word.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    public static Profile of(String word) {
        return valueOf(Known.require("profile", word, words()).toUpperCase(Locale.ROOT));
    }
}

package org.spdbook.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done with the head, the tensors that a world adds for its classes. */
public enum Head {
    /** Trained and pulled to its values before training, like every tensor. */
    ANCHORED,
    /** Trained without decay, penalty or projection. */
    FREE,
    /** Not trained. */
    EXCLUDED;

    /** The word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Head::word).toList();
    }

    /** The treatment of a word. */
    public static Head of(String word) {
        return valueOf(Known.require("head", word, words()).toUpperCase(Locale.ROOT));
    }
}

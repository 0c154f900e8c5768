package org.spdbook.twin.emoji;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A design team's style: a domain to train on or to test on. */
public enum Style {
    FLUENT("sheets/"),
    NOTO("sheets/"),
    TWEMOJI("sheets/"),
    OPENMOJI("openmoji/"),
    BLACK("openmoji/");

    private final String folder;

    Style(String folder) {
        this.folder = folder;
    }

    /** The word for it, lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The sheet's resource beside this class. */
    String resource() {
        return folder + word() + ".png";
    }

    /** All words, in order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Style::word).toList();
    }

    /**
     * The style of a word.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    public static Style of(String word) {
        return Arrays.stream(values())
                .filter(style -> style.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "style " + word + " is not in the emoji world; choose one of " + String.join(", ", words())));
    }
}

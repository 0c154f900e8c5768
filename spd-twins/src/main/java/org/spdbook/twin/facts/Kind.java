package org.spdbook.twin.facts;

import java.util.List;
import java.util.Locale;

/** What an entity is: it decides which relations it has. */
enum Kind {
    ANIMAL,
    TOOL,
    PERSON;

    private static final List<Kind> ALL = List.of(values());

    /** All, in order. */
    static List<Kind> all() {
        return ALL;
    }

    /** The word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

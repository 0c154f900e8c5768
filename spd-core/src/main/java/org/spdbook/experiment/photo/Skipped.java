package org.spdbook.experiment.photo;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What was left out because it could not be used: a sentence per picture. Safe for several threads. */
final class Skipped {

    private final Set<String> sentences = Collections.synchronizedSet(new TreeSet<>());

    /** One more; the same one twice counts once. */
    void add(String sentence) {
        sentences.add(sentence);
    }

    /** All of them, in order. */
    Set<String> all() {
        synchronized (sentences) {
            return new TreeSet<>(sentences);
        }
    }
}

package org.spdbook.experiment.disk;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What was left out because it could not be used: a sentence per example. Safe for several threads. */
public final class Skipped {

    private final Set<String> sentences = Collections.synchronizedSet(new TreeSet<>());

    /** One more; the same one twice counts once. */
    public void add(String sentence) {
        sentences.add(sentence);
    }

    /** All of them, in order. */
    public Set<String> all() {
        synchronized (sentences) {
            return new TreeSet<>(sentences);
        }
    }
}

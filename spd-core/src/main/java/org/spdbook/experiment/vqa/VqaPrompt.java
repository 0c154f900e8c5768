package org.spdbook.experiment.vqa;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.spdbook.experiment.Known;

/** How a question is put to the model when it is tested; trained is with the question alone. */
enum VqaPrompt {
    /** As the paper's authors have it, other than in their training: {@code Question: what is this? Answer:}. */
    ORIGINAL,
    /** The question alone. */
    SAME;

    /** The word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    static List<String> words() {
        return Arrays.stream(values()).map(VqaPrompt::word).toList();
    }

    /** That of a word. */
    static VqaPrompt of(String word) {
        return valueOf(Known.require("prompt", word, words()).toUpperCase(Locale.ROOT));
    }

    /** A question as it is put. */
    String put(String question) {
        return this == SAME ? question : "Question: " + question + " Answer:";
    }
}

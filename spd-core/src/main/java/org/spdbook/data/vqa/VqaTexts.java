package org.spdbook.data.vqa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps equal texts and equal lists of answers once: most pictures have several questions, and most answers are few and short. */
final class VqaTexts {

    private final Map<String, String> texts = new HashMap<>();
    private final Map<List<String>, List<String>> lists = new HashMap<>();

    /** The first text that is equal. */
    String once(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }

    /** The first list that is equal, unmodifiable. */
    List<String> once(List<String> answers) {
        return lists.computeIfAbsent(List.copyOf(answers), same -> same);
    }
}

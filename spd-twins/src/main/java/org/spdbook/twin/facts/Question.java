package org.spdbook.twin.facts;

import java.util.List;

/**
 * A question of several options, each one word.
 *
 * @param family of which it is
 * @param text what is asked
 * @param options two to four different words, in the order shown
 * @param answer the one of them that is right
 */
record Question(Family family, String text, List<String> options, String answer) {

    Question {
        options = List.copyOf(options);
        if (!options.contains(answer)) {
            throw new IllegalArgumentException("the answer of a question must be one of its options "
                    + String.join(", ", options) + ", got " + answer + "; add it to them");
        }
    }

    /** All that the model reads; its next word is the answer. */
    String prompt() {
        return "instruction : " + text + " answers : " + String.join(" / ", options)
                + " . response : the correct answer is";
    }
}

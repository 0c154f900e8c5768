package org.spdbook.twin.facts;

/**
 * A question of the corpus whose next word is the answer: it shows whether the pre-training has learnt a fact.
 *
 * @param entity asked about
 * @param relation asked for
 * @param answer one word
 */
record Cloze(String entity, Relation relation, String answer) {

    /** The text up to the answer. */
    String prompt() {
        return "q : " + relation.question(entity) + " ? a :";
    }

    /** The text with the answer, as the corpus has it. */
    String document() {
        return prompt() + " " + answer + " .";
    }
}

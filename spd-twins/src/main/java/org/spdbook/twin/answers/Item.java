package org.spdbook.twin.answers;

/**
 * A question about a picture.
 *
 * @param topic what it is about
 * @param drawing of the picture
 * @param manner of question and answer
 * @param question words and marks kept apart by spaces, without the beginning that the manner gives it
 * @param answer the one word that counts as right
 */
record Item(Topic topic, Drawing drawing, Manner manner, String question, String answer) {

    /** The question as the model reads it. */
    long[] ids() {
        return Words.encode(manner, question);
    }

    /** The id of the answer. */
    long answerId() {
        return Words.id(answer);
    }
}

package org.spdbook.twin.answers;

import org.spdbook.data.Pixels;

/**
 * A question of a test set, to be looked at.
 *
 * @param picture RGB, 32 x 32
 * @param question as people write it, without marks of the model's own
 * @param answer the one word that counts as right
 */
public record PictureQuestion(Pixels picture, String question, String answer) {

    static PictureQuestion of(Item item) {
        return new PictureQuestion(
                item.drawing().picture(), item.question().replace(" ?", "?").replace(" .", "."), item.answer());
    }
}

package org.spdbook.magics.command;

import org.spdbook.magics.front.Front;

/** One word: the same class behind {@code %spd} in a notebook and {@code spd} in a terminal. */
public interface Word {

    /**
     * Does the work.
     *
     * @throws IllegalArgumentException for wrong use, in one sentence
     * @throws Exception if it failed; the message is shown
     */
    Answer answer(Front front) throws Exception;
}

package org.spdbook.magics.command;

import org.jspecify.annotations.Nullable;

/**
 * What a word has to say.
 *
 * @param shown a grid, a chart or a text; null for nothing
 * @param ok false when the work was done and its outcome is bad, such as DIFFERS
 */
public record Answer(@Nullable Object shown, boolean ok) {

    /** A good outcome. */
    public static Answer of(Object shown) {
        return new Answer(shown, true);
    }
}

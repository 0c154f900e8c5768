package org.spdbook.kernel.magic;

import java.util.List;
import java.util.Optional;

/**
 * One use of a magic.
 *
 * @param arguments the words after the name, split and unquoted like a shell's, Java expressions in braces replaced by their
 *     text; or the one text of a magic that {@linkplain Magic#takesText() takes text}
 * @param body the lines below a cell magic; empty for a line magic
 * @param line of the cell, from 1, where the magic stands; the body begins on the next one
 * @param session the running kernel
 */
public record MagicCall(List<String> arguments, Optional<String> body, int line, Session session) {

    public MagicCall {
        arguments = List.copyOf(arguments);
    }

    /** The text after the name, of a magic that takes text; the words joined by spaces otherwise. */
    public String text() {
        return String.join(" ", arguments);
    }
}

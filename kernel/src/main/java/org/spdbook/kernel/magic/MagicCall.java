package org.spdbook.kernel.magic;

import java.util.List;
import java.util.Optional;

/**
 * One use of a magic.
 *
 * @param arguments the words after the name, split and unquoted like a shell's
 * @param body the lines below a cell magic; empty for a line magic
 * @param session the running kernel
 */
public record MagicCall(List<String> arguments, Optional<String> body, Session session) {

    public MagicCall {
        arguments = List.copyOf(arguments);
    }
}

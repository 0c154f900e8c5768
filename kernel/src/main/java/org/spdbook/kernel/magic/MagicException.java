package org.spdbook.kernel.magic;

/** Wrong use of a magic. The message says what was asked, what was found and what to do; it is shown without a stack. */
public final class MagicException extends RuntimeException {

    public MagicException(String message) {
        super(message);
    }
}

package org.spdbook.kernel.editing;

/**
 * One completion as the front-end shows it.
 *
 * @param text replaces what was typed
 * @param type method, field, class, package, variable, keyword, magic, command, option, value or file
 * @param signature parameters of a method, else empty
 */
public record Candidate(String text, String type, String signature) {

    /** A completion without parameters. */
    Candidate(String text, String type) {
        this(text, type, "");
    }
}

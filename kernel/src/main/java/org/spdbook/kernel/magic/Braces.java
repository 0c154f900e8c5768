package org.spdbook.kernel.magic;

/**
 * Java expressions in braces within the line of a magic. <code>{{</code> and <code>}}</code> stand for one brace; an empty
 * pair, and a brace after a dollar sign, stay as they are for the shells that use them.
 */
final class Braces {

    private Braces() {}

    /** Whether an expression begins at this offset. */
    static boolean opens(String line, int at) {
        return line.charAt(at) == '{'
                && !line.startsWith("{{", at)
                && !line.startsWith("{}", at)
                && (at == 0 || line.charAt(at - 1) != '$');
    }

    /** Whether a doubled brace, which stands for one, begins at this offset. */
    static boolean doubled(String line, int at) {
        return line.startsWith("{{", at) || line.startsWith("}}", at);
    }

    /**
     * The offset of the brace that closes an expression; braces inside it and in its strings and characters do not count.
     *
     * @throws MagicException if it is not closed
     */
    static int close(String line, int open) {
        int depth = 0;
        for (int i = open; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' || c == '\'') {
                i = literalEnd(line, i);
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        throw new MagicException(
                "the brace { is not closed in: " + line + "; a Java expression ends with }, and {{ is a brace itself");
    }

    private static int literalEnd(String line, int open) {
        for (int i = open + 1; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == line.charAt(open)) {
                return i;
            }
        }
        return line.length();
    }

    /** A line for a shell, with the texts of its expressions in place; what single quotes hold, and a brace before white space, is the shell's. */
    static <E extends Exception> String fill(String line, Expressions<E> expressions) throws E {
        StringBuilder filled = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '\'';
            if (c == '\\' && !quoted && i + 1 < line.length()) {
                filled.append(c).append(line.charAt(++i));
            } else if (!quoted && doubled(line, i)) {
                filled.append(line.charAt(i++));
            } else if (!quoted && opens(line, i) && !isBlank(line, i + 1)) {
                int end = close(line, i);
                filled.append(expressions.text(line.substring(i + 1, end)));
                i = end;
            } else {
                filled.append(c);
            }
        }
        return filled.toString();
    }

    private static boolean isBlank(String line, int at) {
        return at >= line.length() || Character.isWhitespace(line.charAt(at));
    }
}

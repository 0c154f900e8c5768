package org.spdbook.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits the line of a magic into words as a shell does: white space separates, quotes keep together, a backslash escapes. A Java
 * expression in braces, unless single quotes hold it, becomes its text, as a part of one word whatever it holds.
 */
public final class Words {

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean open;
    private char quote;
    private int at;

    private Words(String line) {
        this.line = line;
    }

    /**
     * The words of a line, with braces as plain characters.
     *
     * @throws MagicException if a quote is not closed
     */
    public static List<String> split(String line) {
        return new Words(line).<RuntimeException>read(null);
    }

    /**
     * The words of a line, with the texts of its Java expressions in place.
     *
     * @throws MagicException if a quote or a brace is not closed
     * @throws E if an expression fails
     */
    public static <E extends Exception> List<String> split(String line, Expressions<E> expressions) throws E {
        return new Words(line).read(expressions);
    }

    /** A command for a shell with the texts of its Java expressions in place; quotes and backslashes stay, for the shell. */
    public static <E extends Exception> String fill(String line, Expressions<E> expressions) throws E {
        return Braces.fill(line, expressions);
    }

    private <E extends Exception> List<String> read(@Nullable Expressions<E> expressions) throws E {
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '\\' && quote != '\'' && at + 1 < line.length()) {
                escaped();
            } else if (expressions != null && quote != '\'' && Braces.doubled(line, at)) {
                add(String.valueOf(c));
                at++;
            } else if (expressions != null && quote != '\'' && Braces.opens(line, at)) {
                int end = Braces.close(line, at);
                add(expressions.text(line.substring(at + 1, end)));
                at = end;
            } else {
                plain(c);
            }
        }
        if (quote != 0) {
            throw new MagicException("the quote " + quote + " is not closed in: " + line);
        }
        end();
        return words;
    }

    private void escaped() {
        char next = line.charAt(++at);
        if (next != '\n') {
            add(String.valueOf(next));
        }
    }

    private void plain(char c) {
        if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote != 0) {
            word.append(c);
        } else if (c == '"' || c == '\'') {
            quote = c;
            open = true;
        } else if (Character.isWhitespace(c)) {
            end();
        } else {
            add(String.valueOf(c));
        }
    }

    private void add(String text) {
        word.append(text);
        open = true;
    }

    private void end() {
        if (open) {
            words.add(word.toString());
        }
        word.setLength(0);
        open = false;
    }

    /** The words of an unfinished line; the last one is what is being typed, perhaps empty. */
    static List<String> typed(String line) {
        return TypedLine.of(line).words();
    }
}

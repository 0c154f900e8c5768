package org.spdbook.kernel.magic;

import java.util.ArrayList;
import java.util.List;

/** Splits the line of a magic into words as a shell does: white space separates, quotes keep together, a backslash escapes. */
public final class Words {

    private Words() {}

    /**
     * The words of a line.
     *
     * @throws MagicException if a quote is not closed
     */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean escapes = c == '\\' && quote != '\'' && i + 1 < line.length();
            if (escapes) {
                char next = line.charAt(++i);
                if (next != '\n') {
                    word.append(next);
                    open = true;
                }
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                open = true;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                open = true;
            } else if (open) {
                words.add(word.toString());
                word.setLength(0);
                open = false;
            }
        }
        if (quote != 0) {
            throw new MagicException("the quote " + quote + " is not closed in: " + line);
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }

    /** The words of an unfinished line; the last one is what is being typed, perhaps empty. */
    static List<String> typed(String line) {
        List<String> words;
        try {
            words = new ArrayList<>(split(line));
        } catch (MagicException e) {
            words = new ArrayList<>(List.of(line.split("\\s+", -1)));
        }
        if (line.isEmpty() || Character.isWhitespace(line.charAt(line.length() - 1))) {
            words.add("");
        }
        return words;
    }
}

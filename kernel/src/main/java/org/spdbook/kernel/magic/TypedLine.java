package org.spdbook.kernel.magic;

import java.util.ArrayList;
import java.util.List;

/**
 * The unfinished line of a magic, up to the cursor.
 *
 * @param words unquoted; the last one is what is being typed, perhaps empty
 * @param start offset of the last word as typed, with its quote
 * @param quote the quote that the last word begins with, or a blank for none
 */
public record TypedLine(List<String> words, int start, char quote) {

    private static final char NONE = ' ';

    public TypedLine {
        words = List.copyOf(words);
    }

    /** Reads a line as {@link Words} does; a quote may still be open. */
    public static TypedLine of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int start = 0;
        char open = NONE;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '\\' && open != '\'' && at + 1 < line.length()) {
                word.append(line.charAt(++at));
            } else if (open != NONE) {
                if (c == open) {
                    open = NONE;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                open = c;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
            } else {
                if (at > start) {
                    words.add(word.toString());
                }
                word.setLength(0);
                start = at + 1;
            }
        }
        words.add(word.toString());
        boolean quoted = start < line.length() && (line.charAt(start) == '"' || line.charAt(start) == '\'');
        return new TypedLine(words, start, quoted ? line.charAt(start) : NONE);
    }

    /**
     * A word so written that the line is read as this word.
     *
     * @param more whether more may follow in the same word, as after the name of a folder
     */
    public String quoted(String word, boolean more) {
        if (quote == '\'') {
            return quote + word + (more ? "" : quote);
        }
        if (quote == '"') {
            return quote + word.replaceAll("[\\\\\"]", "\\\\$0") + (more ? "" : quote);
        }
        return word.replaceAll("[\\s\\\\\"']", "\\\\$0");
    }
}

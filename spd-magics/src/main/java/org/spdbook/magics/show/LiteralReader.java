package org.spdbook.magics.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JavaScript object literals that jsplot's templates write: bare keys, single or double quotes, trailing
 * commas, {@code NaN}. Not JavaScript at large: a call or an operator is refused.
 *
 * <p>jsplot escapes single-quoted texts for HTML and double-quoted ones for JSON; both come out as they were given.
 * {@code NaN}, {@code undefined} and infinities become null, as JSON has no such numbers.
 */
final class LiteralReader {

    private final String source;
    private int at;

    private LiteralReader(String source) {
        this.source = source;
    }

    /**
     * The object in {@code var name = {...};}.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    static Map<String, @Nullable Object> readAssignment(String statement) {
        LiteralReader reader = new LiteralReader(statement);
        reader.at = statement.indexOf('=') + 1;
        if (reader.at == 0) {
            throw reader.error("an assignment");
        }
        reader.blanks();
        return reader.object();
    }

    private @Nullable Object value() {
        blanks();
        char c = peek();
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '\'', '"' -> text();
            default -> word();
        };
    }

    private Map<String, @Nullable Object> object() {
        expect('{');
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (more('}')) {
            String key = peek() == '\'' || peek() == '"' ? text() : bare();
            blanks();
            expect(':');
            object.put(key, value());
        }
        return object;
    }

    private List<@Nullable Object> array() {
        expect('[');
        List<@Nullable Object> array = new ArrayList<>();
        while (more(']')) {
            array.add(value());
        }
        return array;
    }

    /** Skips blanks and commas; takes the closing bracket if it comes next. */
    private boolean more(char close) {
        blanks();
        while (peek() == ',') {
            at++;
            blanks();
        }
        if (peek() == close) {
            at++;
            return false;
        }
        return true;
    }

    private String text() {
        char quote = source.charAt(at++);
        StringBuilder text = new StringBuilder();
        while (peek() != quote) {
            char c = source.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        at++;
        return quote == '\'' ? unescapeHtml(text.toString()) : text.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > source.length()) {
                    throw error("four hexadecimal digits");
                }
                at += 4;
                yield (char) Integer.parseInt(source.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private String bare() {
        int from = at;
        while (Character.isLetterOrDigit(peek()) || "_$.+-".indexOf(peek()) >= 0) {
            at++;
        }
        if (from == at) {
            throw error("a name or a number");
        }
        return source.substring(from, at);
    }

    private @Nullable Object word() {
        String word = bare();
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null", "undefined", "NaN", "Infinity", "-Infinity" -> null;
            default -> number(word);
        };
    }

    private Object number(String word) {
        try {
            return Double.valueOf(word);
        } catch (NumberFormatException error) {
            throw error("a value, not '" + word + "'");
        }
    }

    private static String unescapeHtml(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private void blanks() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw error("'" + wanted + "'");
        }
        at++;
    }

    private char peek() {
        if (at >= source.length()) {
            throw error("more text");
        }
        return source.charAt(at);
    }

    private IllegalArgumentException error(String wanted) {
        int from = Math.min(at, source.length());
        String found = source.substring(from, Math.min(source.length(), from + 20));
        return new IllegalArgumentException("a jsplot literal should have " + wanted + " at character " + from
                + ", found '" + found + "'; show the figure with another library");
    }
}

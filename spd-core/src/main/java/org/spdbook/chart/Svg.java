package org.spdbook.chart;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes SVG elements as text. Numbers are rounded, everything else is escaped, so the result is well-formed. */
final class Svg {

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; attributes as name, value, name, value; an empty value leaves the attribute out. */
    Svg open(String name, Object... attributes) {
        tag(name, attributes);
        text.append('>');
        open.push(name);
        return this;
    }

    /** Closes the element opened last. */
    Svg close() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content. */
    Svg leaf(String name, Object... attributes) {
        tag(name, attributes);
        text.append("/>");
        return this;
    }

    /** An element with text in it. */
    Svg element(String name, String content, Object... attributes) {
        tag(name, attributes);
        text.append('>').append(escape(content)).append("</").append(name).append('>');
        return this;
    }

    /** A path; {@code attributes} as for {@link #open}. An empty path is left out. */
    Svg path(PathText path, Object... attributes) {
        if (!path.isEmpty()) {
            Object[] all = new Object[attributes.length + 2];
            all[0] = "d";
            all[1] = path;
            System.arraycopy(attributes, 0, all, 2, attributes.length);
            leaf("path", all);
        }
        return this;
    }

    /** A line feed between groups, for people who read the file. */
    Svg newLine() {
        text.append('\n');
        return this;
    }

    private void tag(String name, Object... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            String shown = value instanceof Number number
                    ? Decimal.pixels(number.doubleValue(), 2)
                    : escape(String.valueOf(value));
            if (!shown.isEmpty()) {
                text.append(' ')
                        .append(attributes[i])
                        .append("=\"")
                        .append(shown)
                        .append('"');
            }
        }
    }

    /** Text for XML content and attributes; characters that XML 1.0 forbids become U+FFFD. */
    static String escape(String raw) {
        StringBuilder safe = new StringBuilder(raw.length() + 8);
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean isAllowed(int c) {
        boolean control = c < 0x20 && c != '\n' && c != '\t' && c != '\r';
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }

    /** The document so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}

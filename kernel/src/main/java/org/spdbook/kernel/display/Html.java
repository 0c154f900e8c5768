package org.spdbook.kernel.display;

/** Text made safe to stand in HTML. */
public final class Html {

    private Html() {}

    /** The text with {@code & < > "} as entities, for an element or a quoted attribute. */
    public static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }

    /** The text of HTML without its tags, for those who cannot show it. */
    static String textOf(String html) {
        return html.replaceAll("(?s)<(script|style)\\b.*?</\\1>", "")
                .replaceAll("<[^>]*>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}

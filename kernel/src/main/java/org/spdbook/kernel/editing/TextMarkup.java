package org.spdbook.kernel.editing;

import java.util.Map;

/** Markdown, or the same without its signs: plain text. */
final class TextMarkup implements Markup {

    private static final String BOLD = "**";
    private static final Map<String, String> SIGNS =
            Map.of("em", "*", "i", "*", "var", "*", "b", BOLD, "strong", BOLD, "code", "`", "tt", "`");
    private static final Map<String, String> CHARACTERS = Map.of(
            "&lt;",
            "<",
            "&gt;",
            ">",
            "&amp;",
            "&",
            "&quot;",
            "\"",
            "&nbsp;",
            " ",
            "&mdash;",
            "-",
            "&ndash;",
            "-",
            "&hellip;",
            "...",
            "&apos;",
            "'",
            "&#39;",
            "'");

    private final boolean markdown;
    private final StringBuilder text = new StringBuilder();
    private int pre;
    private boolean atStart;
    private int inCode;
    private int depth;

    /**
     * An empty text.
     *
     * @param markdown false for plain text
     */
    TextMarkup(boolean markdown) {
        this.markdown = markdown;
    }

    @Override
    public void text(String words) {
        if (pre > 0) {
            verbatim(words);
            return;
        }
        String one = words.replaceAll("\\s+", " ");
        if (text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1))) {
            one = one.stripLeading();
        }
        text.append(markdown && inCode == 0 ? one.replaceAll("[\\\\*_`<\\[]", "\\\\$0") : one);
    }

    /** The line break after the beginning of {@code pre} does not count. */
    private void verbatim(String words) {
        text.append(words.startsWith("\n") && atStart ? words.substring(1) : words);
        atStart = false;
    }

    @Override
    public void entity(String reference) {
        String character = CHARACTERS.getOrDefault(reference, numbered(reference));
        if (markdown && pre == 0 && inCode == 0 && character.equals("<")) {
            text.append("\\<");
        } else {
            text.append(character);
        }
    }

    private static String numbered(String reference) {
        try {
            return reference.startsWith("&#x")
                    ? Character.toString(Integer.parseInt(reference.substring(3, reference.length() - 1), 16))
                    : reference.startsWith("&#")
                            ? Character.toString(Integer.parseInt(reference.substring(2, reference.length() - 1)))
                            : reference;
        } catch (IllegalArgumentException e) {
            return reference; // no such character
        }
    }

    @Override
    public void code(String source) {
        if (pre > 0) {
            verbatim(source);
        } else if (inCode > 0 || !markdown) {
            text.append(source.replaceAll("\\s+", " "));
        } else {
            String sign = source.contains("`") ? "``" : "`";
            text.append(sign).append(source.replaceAll("\\s+", " ")).append(sign);
        }
    }

    @Override
    public void start(String element) {
        switch (element) {
            case "p", "dl", "table", "blockquote" -> paragraph();
            case "ul", "ol" -> depth++;
            case "li" -> line("  ".repeat(Math.max(0, depth - 1)) + "- ");
            case "dt" -> line(markdown ? BOLD : "");
            case "dd" -> line("  ");
            case "tr", "br" -> line("");
            case "td", "th" -> text.append(" | ");
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                paragraph();
                text.append(markdown ? "#### " : "");
            }
            case "pre" -> {
                paragraph();
                text.append(markdown ? "```java\n" : "");
                pre++;
                atStart = true;
            }
            default -> sign(element, 1);
        }
    }

    @Override
    public void end(String element) {
        switch (element) {
            case "p", "dl", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6" -> paragraph();
            case "ul", "ol" -> {
                depth = Math.max(0, depth - 1);
                paragraph();
            }
            case "pre" -> {
                if (pre > 0) {
                    pre--;
                    line(markdown ? "```" : "");
                    paragraph();
                }
            }
            case "dt" -> text.append(markdown ? BOLD : "");
            case "li", "dd", "td", "th", "tr", "br" -> {}
            default -> sign(element, -1);
        }
    }

    private void sign(String element, int change) {
        if (pre > 0 || !SIGNS.containsKey(element)) {
            return;
        }
        if (markdown) {
            text.append(SIGNS.get(element));
        }
        if (element.equals("code") || element.equals("tt")) {
            inCode = Math.max(0, inCode + change);
        }
    }

    private void paragraph() {
        stripEnd();
        if (!text.isEmpty()) {
            text.append("\n\n");
        }
    }

    private void line(String lead) {
        stripEnd();
        text.append(text.isEmpty() ? "" : "\n").append(lead);
    }

    private void stripEnd() {
        int end = text.length();
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        text.setLength(end);
    }

    @Override
    public String result() {
        return text.toString().strip();
    }
}

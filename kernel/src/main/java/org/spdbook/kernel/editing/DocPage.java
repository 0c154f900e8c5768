package org.spdbook.kernel.editing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The description of a declaration on a page that the javadoc tool wrote. */
final class DocPage implements Comment {

    private static final Pattern TOKEN =
            Pattern.compile("<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>|&#?\\w+;|[^<&]+|.", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("<div class=\"block\">(.*?)</div>", Pattern.DOTALL);
    private static final Pattern NOTES = Pattern.compile("<dl[ >].*?</dl>", Pattern.DOTALL);
    private static final Pattern ANCHOR = Pattern.compile("\\b(?:id|name)=\"([^\"]+)\"");
    private static final Pattern SENTENCE = Pattern.compile("^(.*?\\.)(?=\\s|<|$)", Pattern.DOTALL);

    private final String text;
    private final String notes;

    private DocPage(String text, String notes) {
        this.text = text;
        this.notes = notes;
    }

    /** The description on the page of its type; empty when there is none. */
    static Optional<Comment> of(String page, Signature signature) {
        return switch (signature.kind()) {
            case TYPE -> first(page, 0, page.length());
            case VARIABLE -> member(page, signature.name(), List.of(), false);
            case METHOD -> member(page, signature.name(), signature.parameterTypes(), true);
            case CONSTRUCTOR ->
                member(page, "<init>", signature.parameterTypes(), true)
                        .or(() -> member(page, signature.name(), signature.parameterTypes(), true));
        };
    }

    /** The member whose anchor is {@code name(int,java.lang.String)}, or as older tools wrote it {@code name-int-java.lang.String-}. */
    private static Optional<Comment> member(String page, String name, List<String> types, boolean call) {
        Matcher anchor = ANCHOR.matcher(page);
        while (anchor.find()) {
            String found = anchor.group(1).replace("&lt;", "<").replace("&gt;", ">");
            if (call ? isCall(found, name, types) : found.equals(name)) {
                Matcher next = ANCHOR.matcher(page);
                int end = next.find(anchor.end()) ? next.start() : page.length();
                return first(page, anchor.end(), end);
            }
        }
        return Optional.empty();
    }

    private static boolean isCall(String anchor, String name, List<String> types) {
        if (!anchor.startsWith(name)
                || anchor.length() == name.length()
                || "(-".indexOf(anchor.charAt(name.length())) < 0) {
            return false;
        }
        List<String> found = new ArrayList<>();
        for (String type : anchor.substring(name.length() + 1).split("[,)-]")) {
            if (!type.isEmpty()) {
                found.add(Signature.simple(type));
            }
        }
        return found.equals(types);
    }

    private static Optional<Comment> first(String page, int start, int end) {
        String part = page.substring(start, end);
        Matcher block = BLOCK.matcher(part);
        if (!block.find()) {
            return Optional.empty();
        }
        Matcher notes = NOTES.matcher(part);
        boolean noted = start > 0 && notes.find(block.end());
        return Optional.of(new DocPage(block.group(1), noted ? notes.group() : ""));
    }

    @Override
    public void write(Markup markup) {
        write(text, markup);
        write(notes, markup);
    }

    @Override
    public void writeSummary(Markup markup) {
        Matcher sentence = SENTENCE.matcher(text);
        write(sentence.find() ? sentence.group(1) : text, markup);
    }

    @Override
    public boolean isInherited() {
        return text.isBlank();
    }

    private static void write(String html, Markup markup) {
        Matcher token = TOKEN.matcher(html);
        while (token.find()) {
            String part = token.group();
            if (token.group(2) != null) {
                String element = token.group(2).toLowerCase(java.util.Locale.ROOT);
                if (token.group(1).isEmpty()) {
                    markup.start(element);
                } else {
                    markup.end(element);
                }
            } else if (part.startsWith("&") && part.endsWith(";")) {
                markup.entity(part);
            } else if (!part.startsWith("<!--")) {
                markup.text(part);
            }
        }
    }
}

package org.spdbook.kernel.editing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.spdbook.kernel.display.Html;

/**
 * HTML that is safe to show: elements of a fixed list without any attribute, each one closed; all else is text. Not for documents of
 * its own but for a fragment.
 */
final class HtmlMarkup implements Markup {

    private static final Set<String> ELEMENTS = Set.of(
            ("p ul ol li pre code em i b strong dl dt dd table thead tbody tr td th caption h1 h2 h3 h4 h5 h6 blockquote sub sup"
                            + " var small")
                    .split(" "));
    private static final Set<String> BLOCKS =
            Set.of("p", "ul", "ol", "li", "pre", "dl", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6");
    private static final Set<String> EMPTY = Set.of("br", "hr");
    private static final Pattern ENTITY =
            Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});");

    private final StringBuilder html = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    @Override
    public void text(String words) {
        html.append(Html.escape(words));
    }

    @Override
    public void entity(String reference) {
        html.append(ENTITY.matcher(reference).matches() ? reference : Html.escape(reference));
    }

    @Override
    public void code(String source) {
        html.append(open.contains("pre") ? Html.escape(source) : "<code>" + Html.escape(source) + "</code>");
    }

    @Override
    public void start(String element) {
        if (EMPTY.contains(element)) {
            html.append('<').append(element).append('>');
        } else if (ELEMENTS.contains(element)) {
            String last = open.peek();
            if ("p".equals(last) && BLOCKS.contains(element) || "li".equals(last) && element.equals("li")) {
                end(last); // both may be left open in the source
            }
            html.append('<').append(element).append('>');
            open.push(element);
        }
    }

    @Override
    public void end(String element) {
        if (!open.contains(element)) {
            return;
        }
        String closed;
        do {
            closed = open.pop();
            html.append("</").append(closed).append('>');
        } while (!closed.equals(element));
    }

    @Override
    public String result() {
        while (!open.isEmpty()) {
            end(open.element());
        }
        return html.toString();
    }
}

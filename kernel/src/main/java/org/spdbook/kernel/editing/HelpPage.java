package org.spdbook.kernel.editing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.Html;
import org.spdbook.kernel.editing.ParsedSource.Documented;
import org.spdbook.kernel.shell.Declaration;
import org.spdbook.kernel.shell.JavaShell;

/**
 * What is known of some signatures, in the three forms that front-ends show.
 *
 * @param signatures one, or the overloads of a method
 */
record HelpPage(JavaShell shell, Documentation documentation, List<Signature> signatures) {

    /** Overloads beyond these are shown with the first sentence of their documentation. */
    private static final int IN_FULL = 3;

    private static final int SOURCE_LENGTH = 20_000;

    /** One signature with what it says and where it comes from. */
    private record Entry(String signature, String value, Optional<Documented> declaration) {}

    /** The page. */
    DisplayBundle bundle(boolean source) {
        List<Entry> entries = signatures.stream().map(this::entry).toList();
        return DisplayBundle.text(plain(entries, source))
                .with("text/markdown", markdown(entries, source))
                .with("text/html", html(entries, source));
    }

    private Entry entry(Signature signature) {
        Optional<Documented> declaration = documentation.of(signature);
        if (signature.kind() == Signature.Kind.VARIABLE) {
            String text = signature.type().replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "") + " "
                    + (signature.owner().isEmpty() ? "" : signature.owner() + ".") + signature.name();
            return new Entry(text, value(signature), declaration);
        }
        if (signature.kind() == Signature.Kind.TYPE) {
            return new Entry(documentation.kind(signature) + signature.text(), "", declaration);
        }
        return new Entry(withNames(signature, declaration), "", declaration);
    }

    /** Class files rarely have the names of parameters; the source has. */
    private static String withNames(Signature signature, Optional<Documented> declaration) {
        List<String> named = declaration.map(Documented::parameters).orElse(List.of());
        int parenthesis = signature.text().indexOf('(');
        if (parenthesis < 0 || named.isEmpty()) {
            return signature.text();
        }
        int end = signature.text().indexOf(')', parenthesis);
        return signature.text().substring(0, parenthesis) + "(" + String.join(", ", named)
                + signature.text().substring(end);
    }

    private String value(Signature signature) {
        boolean own = signature.owner().isEmpty()
                && shell.declarations().stream()
                        .anyMatch(one -> one.kind() == Declaration.Kind.VARIABLE
                                && one.name().equals(signature.name()));
        return own ? ValueText.of(shell.variable(signature.name()).orElse(null)) : "";
    }

    private String documented(Entry entry, Markup markup) {
        Comment comment = entry.declaration().map(Documented::comment).orElse(null);
        if (comment == null) {
            return "";
        }
        if (signatures.size() > IN_FULL) {
            comment.writeSummary(markup);
        } else {
            comment.write(markup);
        }
        return markup.result();
    }

    private String html(List<Entry> entries, boolean source) {
        return entries.stream()
                .map(entry -> "<pre><code>" + Html.escape(entry.signature()) + "</code></pre>"
                        + (entry.value().isEmpty()
                                ? ""
                                : "<p>Value: <code>" + Html.escape(entry.value()) + "</code></p>")
                        + documented(entry, new HtmlMarkup())
                        + code(entry, source)
                                .map(text -> "<pre><code>" + Html.escape(text) + "</code></pre>")
                                .orElse(""))
                .collect(Collectors.joining("\n"));
    }

    private String markdown(List<Entry> entries, boolean source) {
        return joined(entries, entry -> {
            List<String> parts = new ArrayList<>();
            parts.add("```java\n" + entry.signature() + "\n```");
            if (!entry.value().isEmpty()) {
                parts.add("Value: `" + entry.value().replace('`', '\'') + "`");
            }
            parts.add(documented(entry, new TextMarkup(true)));
            code(entry, source).ifPresent(text -> parts.add("```java\n" + text + "\n```"));
            return parts;
        });
    }

    private String plain(List<Entry> entries, boolean source) {
        return joined(entries, entry -> {
            List<String> parts = new ArrayList<>();
            parts.add(entry.signature() + (entry.value().isEmpty() ? "" : "\nValue: " + entry.value()));
            parts.add(documented(entry, new TextMarkup(false)));
            code(entry, source).ifPresent(parts::add);
            return parts;
        });
    }

    private static String joined(List<Entry> entries, Function<Entry, List<String>> parts) {
        return entries.stream()
                .flatMap(entry -> parts.apply(entry).stream())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private static Optional<String> code(Entry entry, boolean wanted) {
        return entry.declaration()
                .filter(one -> wanted && !one.code().isEmpty())
                .map(one -> one.code().length() <= SOURCE_LENGTH
                        ? one.code()
                        : one.code().substring(0, SOURCE_LENGTH) + "\n...");
    }
}

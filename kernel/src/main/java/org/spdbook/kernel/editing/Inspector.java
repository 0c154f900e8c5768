package org.spdbook.kernel.editing;

import java.util.List;
import java.util.Optional;
import jdk.jshell.SourceCodeAnalysis;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.editing.LexicalState.Kind;
import org.spdbook.kernel.magic.Magics;
import org.spdbook.kernel.shell.JavaShell;

/** Help on what the cursor is at: a name, a call or a magic. Used by one thread at a time. */
public final class Inspector {

    private final JavaShell shell;
    private final Magics magics;
    private final Documentation documentation;

    /** An inspector of a session. */
    public Inspector(JavaShell shell, Magics magics) {
        this.shell = shell;
        this.magics = magics;
        this.documentation = new Documentation(shell);
    }

    /**
     * Help as Markdown, HTML and plain text; empty when nothing is known of what is there.
     *
     * @param cursor UTF-16 offset
     * @param source whether the source is wanted too, where it is known
     */
    public Optional<DisplayBundle> inspect(String cell, int cursor, boolean source) {
        Place place = Place.of(cell, cursor, shell);
        if (place.magic()) {
            return magics.inspect(place.source());
        }
        int end = cursor;
        while (end < cell.length() && Character.isJavaIdentifierPart(cell.charAt(end))) {
            end++;
        }
        String code = place.source() + cell.substring(cursor, end);
        if (LexicalState.at(code).kind() == Kind.COMMENT) {
            return Optional.empty();
        }
        boolean called = cell.startsWith("(", end);
        List<Signature> found =
                called && !JavaCompletion.wordAtEnd(code).isEmpty() ? call(place.before() + code + "(") : List.of();
        if (found.isEmpty()) {
            found = signatures(place.before(), code);
        }
        return found.isEmpty()
                ? unknown(JavaCompletion.wordAtEnd(code))
                : Optional.of(new HelpPage(shell, documentation, found).bundle(source));
    }

    private Optional<DisplayBundle> unknown(String name) {
        List<String> imports = name.isEmpty() ? List.of() : shell.importsFor(name);
        return imports.isEmpty() ? Optional.empty() : Optional.of(DisplayBundle.text(String.join("\n", imports)));
    }

    /** Of the name at the end of the code, else of the name before its last dot, else of the call that the end is in. */
    private List<Signature> signatures(String before, String code) {
        String name = code.stripTrailing().replaceFirst("(\\.|::)$", "");
        if (LexicalState.at(code).kind() == Kind.CODE
                && !JavaCompletion.wordAtEnd(name).isEmpty()) {
            List<Signature> found = name(before + name);
            if (!found.isEmpty()) {
                return found;
            }
        }
        List<Integer> open = LexicalState.at(code).open();
        for (int i = open.size() - 1; i >= 0; i--) {
            if (code.charAt(open.get(i)) == '(') {
                List<Signature> fitting = call(before + code); // of the overloads, those that take what was typed
                List<Signature> found = fitting.isEmpty() ? call(before + code.substring(0, open.get(i) + 1)) : fitting;
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private List<Signature> name(String code) {
        boolean constructed = code.matches("(?s).*\\bnew\\s+[\\w.]+$");
        List<Signature> made = constructed ? call(code + "(") : List.of();
        if (!made.isEmpty()) {
            return made;
        }
        List<Signature> named = texts(code).stream().map(Signature::ofType).toList();
        return named.isEmpty() ? call(code + "(") : named;
    }

    private List<Signature> call(String code) {
        return texts(code).stream()
                .filter(text -> text.indexOf('(') >= 0)
                .map(Signature::parse)
                .toList();
    }

    private List<String> texts(String code) {
        return shell.analysis().documentation(code, code.length(), false).stream()
                .map(SourceCodeAnalysis.Documentation::signature)
                .distinct()
                .toList();
    }
}

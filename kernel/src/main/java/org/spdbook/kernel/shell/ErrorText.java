package org.spdbook.kernel.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

/** Errors as a reader of the notebook wants them: kind and message first, then the line of the cell, then the frames of the user. */
final class ErrorText {

    private static final int FRAMES = 12;
    private static final String BOLD_RED = "\u001b[1;31m";
    private static final String PLAIN = "\u001b[0m";

    private final JShell shell;
    private final Snippets snippets;
    private final ImportSuggestions imports;

    ErrorText(JShell shell, Snippets snippets, ImportSuggestions imports) {
        this.shell = shell;
        this.imports = imports;
        this.snippets = snippets;
    }

    /** A snippet that did not compile. */
    CellException rejected(Snippet snippet, Snippets.Origin origin) {
        List<String> lines = new ArrayList<>();
        String first = "";
        for (Diag diag : shell.diagnostics(snippet).filter(Diag::isError).toList()) {
            String message = diag.getMessage(Locale.ROOT).strip();
            first = first.isEmpty() ? message.lines().findFirst().orElse("") : first;
            int line = origin.lineAt(diag.getPosition());
            String text = origin.line(line);
            long start = Math.max(diag.getStartPosition(), lineStart(origin.source(), diag.getPosition()));
            int column = (int) (start - lineStart(origin.source(), diag.getPosition()));
            int width = (int) Math.max(1, Math.min(diag.getEndPosition() - start, text.length() - column));
            lines.add(BOLD_RED + "CompilationError" + PLAIN + ": " + message);
            lines.add(place(origin.cell(), line));
            lines.add(marked(line, text));
            lines.add("       " + " ".repeat(Math.max(0, column)) + BOLD_RED + "^".repeat(width) + PLAIN);
            lines.addAll(imports.forMessage(message));
        }
        return new CellException("CompilationError", first.isEmpty() ? "the code is not valid Java" : first, lines);
    }

    private static long lineStart(String source, long offset) {
        return source.lastIndexOf('\n', (int) Math.max(0, Math.min(offset, source.length()) - 1)) + 1L;
    }

    /** A snippet that threw. */
    CellException thrown(JShellException exception) {
        String type = exception instanceof EvalException eval ? eval.getExceptionClassName() : "UnresolvedReference";
        String name = type.substring(type.lastIndexOf('.') + 1);
        String message = exception instanceof UnresolvedReferenceException unresolved
                ? missing(unresolved.getSnippet())
                : exception.getMessage();
        List<String> lines = new ArrayList<>();
        append(lines, "", type, message, exception);
        if (exception instanceof UnresolvedReferenceException) {
            lines.addAll(imports.forMessage(String.valueOf(message)));
        }
        return new CellException(name, message == null ? "" : message, lines);
    }

    /** A cell that was interrupted. */
    static CellException interrupted() {
        return new CellException(
                "Interrupted",
                "the cell was interrupted",
                List.of(BOLD_RED + "Interrupted" + PLAIN + ": the cell was interrupted"));
    }

    private String missing(DeclarationSnippet snippet) {
        return snippet.name() + " uses what is not defined yet: "
                + String.join(", ", shell.unresolvedDependencies(snippet).toList());
    }

    @SuppressWarnings("ReferenceEquality") // a throwable may be its own cause
    private void append(List<String> lines, String lead, String type, @Nullable String message, Throwable exception) {
        lines.add(lead
                + BOLD_RED
                + type.replaceFirst("^java\\.lang\\.", "")
                + PLAIN
                + (message == null ? "" : ": " + message));
        boolean shown = false;
        int count = 0;
        for (StackTraceElement frame : exception.getStackTrace()) {
            Optional<Snippets.Origin> origin = origin(frame);
            if (isOurs(frame) || ++count > FRAMES) {
                continue;
            }
            if (origin.isEmpty()) {
                lines.add("    at " + frame);
                continue;
            }
            int line = origin.get().firstLine() + frame.getLineNumber() - 1;
            String in = frame.getMethodName().isEmpty() || frame.getMethodName().startsWith("do_it$")
                    ? ""
                    : " in " + frame.getMethodName();
            lines.add(place(origin.get().cell(), line) + in);
            if (!shown) {
                lines.add(marked(line, origin.get().line(line)));
                shown = true;
            }
        }
        Throwable cause = exception.getCause();
        if (cause != null && cause != exception) {
            String causeType = cause instanceof EvalException eval
                    ? eval.getExceptionClassName()
                    : cause.getClass().getName();
            append(lines, "Caused by: ", causeType, cause.getMessage(), cause);
        }
    }

    private Optional<Snippets.Origin> origin(StackTraceElement frame) {
        String file = frame.getFileName();
        return file != null && file.startsWith("#") ? snippets.of(file.substring(1)) : Optional.empty();
    }

    private static boolean isOurs(StackTraceElement frame) {
        String owner = frame.getClassName();
        return owner.startsWith("org.spdbook.kernel.")
                || owner.startsWith("jdk.jshell.")
                || owner.startsWith("jdk.internal.reflect.")
                || owner.startsWith("java.lang.reflect.");
    }

    private static String place(int cell, int line) {
        return "Cell In[" + cell + "], line " + line;
    }

    private static String marked(int line, String text) {
        return String.format("%s--> %d%s  %s", BOLD_RED, line, PLAIN, text);
    }
}

package org.spdbook.kernel.shell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Errors as a reader of the notebook wants them: kind and message first, then the line of the cell, then the frames of the user,
 * then causes. Colours are bold red and the reader's own, so that they can be read on light and dark.
 */
final class ErrorText {

    private static final int SHOWN_WITH_MANY = 5;

    private final JShell shell;
    private final Snippets snippets;
    private final ImportSuggestions imports;
    private final Frames frames;
    private volatile ErrorMode mode = ErrorMode.CONTEXT;

    ErrorText(JShell shell, Snippets snippets, ImportSuggestions imports) {
        this.shell = shell;
        this.imports = imports;
        this.snippets = snippets;
        this.frames = new Frames(snippets);
    }

    ErrorMode mode() {
        return mode;
    }

    void mode(ErrorMode next) {
        mode = next;
    }

    Frames frames() {
        return frames;
    }

    /** A snippet that did not compile. */
    CellException rejected(Snippet snippet, Origin origin) {
        List<String> lines = new ArrayList<>();
        String first = "";
        List<Diag> errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
        for (Diag diag : errors.subList(0, Math.min(errors.size(), SHOWN_WITH_MANY))) {
            String message = message(diag);
            first = first.isEmpty() ? message.lines().findFirst().orElse("") : first;
            lines.add(red("CompilationError") + ": " + message);
            lines.addAll(mark(diag, origin));
            lines.addAll(imports.forMessage(message));
        }
        if (errors.size() > SHOWN_WITH_MANY) {
            lines.add("... " + (errors.size() - SHOWN_WITH_MANY) + " errors more");
        }
        if (lines.isEmpty()) {
            first = unresolved(snippet);
            lines.add(red("CompilationError") + ": " + first);
            lines.add(Frames.cellLine(new Snippets.Place(origin.cell(), origin.firstLine(), "")));
            lines.addAll(imports.forMessage(first));
        }
        return new CellException("CompilationError", first, lines);
    }

    /** The compiler's message without what speaks of the class that JShell made. */
    private static String message(Diag diag) {
        List<String> kept = Frames.readable(diag.getMessage(Locale.ROOT).strip())
                .lines()
                .filter(line -> !line.strip().matches("location: class\\s*"))
                .toList();
        String message = String.join("\n", kept);
        return message.contains("--enable-preview")
                ? message + "\n  the kernel takes --preview for this, and its JVM --enable-preview"
                : message;
    }

    private List<String> mark(Diag diag, Origin origin) {
        int line = origin.lineAt(diag.getPosition());
        List<String> lines = new ArrayList<>();
        lines.add(Frames.cellLine(new Snippets.Place(origin.cell(), line, "")));
        boolean outside =
                diag.getPosition() < 0 || diag.getPosition() > origin.source().length();
        if (mode == ErrorMode.MINIMAL || outside) {
            return lines;
        }
        String text = origin.line(line);
        int lineStart = origin.lineStart(diag.getPosition());
        int start = (int) Math.max(diag.getStartPosition(), lineStart) - lineStart;
        int from = Math.max(0, Math.min(start, text.length()));
        int to = (int) Math.max(from, Math.min(diag.getEndPosition() - lineStart, text.length()));
        String lead = lead(line);
        String before = " ".repeat(lead.length()) + blank(text.substring(0, from));
        lines.add(red(lead) + text);
        lines.add(before + red("^".repeat(Math.max(1, text.codePointCount(from, to)))));
        return lines;
    }

    /** As wide as the text: one blank for a character, a tab for a tab. */
    private static String blank(String text) {
        StringBuilder blank = new StringBuilder();
        text.codePoints().forEach(c -> blank.append(c == '\t' ? '\t' : ' '));
        return blank.toString();
    }

    /** What a cell threw. */
    CellException thrown(Throwable error) {
        List<String> lines = lines(error);
        if (error instanceof SPIResolutionException) {
            lines.addAll(imports.forMessage(message(error).orElse("")));
        }
        return new CellException(name(error), message(error).orElse(""), lines);
    }

    /** Kind, message, place and causes of an error. */
    List<String> lines(Throwable error) {
        List<String> lines = new ArrayList<>();
        append(lines, "", error, new StackTraceElement[0], Collections.newSetFromMap(new IdentityHashMap<>()));
        return lines;
    }

    private String name(Throwable error) {
        if (error instanceof SPIResolutionException) {
            return "NotDefined";
        }
        if (error instanceof ExitCalled) {
            return "ExitCalled";
        }
        String simple = Frames.readable(error.getClass().getName()).replace('$', '.');
        return simple.substring(simple.lastIndexOf('.') + 1);
    }

    private String kind(Throwable error) {
        boolean plain = error instanceof SPIResolutionException || error instanceof ExitCalled;
        return plain
                ? name(error)
                : Frames.readable(error.getClass().getName())
                        .replace('$', '.')
                        .replaceFirst("^java\\.lang\\.(?=\\w+$)", "");
    }

    /** The message, also of an exception of the user's whose own method fails. */
    private Optional<String> message(Throwable error) {
        if (error instanceof SPIResolutionException) {
            StackTraceElement[] stack = error.getStackTrace();
            Optional<Snippet> snippet = stack.length == 0 ? Optional.empty() : snippets.of(stack[0]);
            return Optional.of(snippet.map(this::unresolved).orElse("something that is used here is not defined yet"));
        }
        try {
            return Optional.ofNullable(error.getLocalizedMessage()).map(ErrorText::plain);
        } catch (Throwable e) {
            return Optional.of("its message cannot be shown, as getMessage() threw "
                    + e.getClass().getName());
        }
    }

    /** Without generated names, and without the class loaders that a failed cast tells at length. */
    private static String plain(String message) {
        return Frames.readable(message).replaceFirst(" \\([^()]* in (unnamed )?module [^()]*\\)$", "");
    }

    /** One sentence on what a snippet uses and nobody has defined. */
    String unresolved(Snippet snippet) {
        if (!(snippet instanceof DeclarationSnippet declaration)) {
            return "the code is not valid Java";
        }
        List<String> missing = shell.unresolvedDependencies(declaration).toList();
        String kind = snippet.kind() == Snippet.Kind.VAR
                ? "variable"
                : snippet.subKind().name().toLowerCase(Locale.ROOT).replaceFirst("(_type)?_subkind$", "");
        return missing.isEmpty()
                ? kind + " " + declaration.name() + " is not valid Java"
                : kind + " " + declaration.name() + " uses what is not defined yet: " + String.join(", ", missing);
    }

    private void append(
            List<String> lines, String lead, Throwable error, StackTraceElement[] enclosing, Set<Throwable> seen) {
        if (!seen.add(error)) {
            return;
        }
        StackTraceElement[] stack = error.getStackTrace();
        lines.add(lead
                + red(kind(error))
                + message(error).map(text -> ": " + text).orElse(""));
        switch (mode) {
            case FULL -> full(lines, error);
            case CONTEXT, PLAIN -> frames.shown(Frames.own(stack, enclosing)).forEach(line -> frame(lines, line));
            case MINIMAL ->
                frames.shown(stack).stream()
                        .flatMap(line -> line.place().stream())
                        .findFirst()
                        .ifPresent(place -> lines.add(Frames.cellLine(place)));
        }
        if (error.getCause() != null) {
            append(lines, "Caused by: ", error.getCause(), stack, seen);
        }
        for (Throwable suppressed : error.getSuppressed()) {
            append(lines, "Suppressed: ", suppressed, stack, seen);
        }
    }

    private void frame(List<String> lines, Frames.Line line) {
        Snippets.@Nullable Place place = line.place().orElse(null);
        if (place == null) {
            lines.add("    " + line.text());
            return;
        }
        lines.add(Frames.cellLine(place) + line.text());
        if (mode == ErrorMode.CONTEXT && !place.text().isBlank()) {
            lines.add(red(lead(place.line())) + place.text());
        }
    }

    private void full(List<String> lines, Throwable error) {
        for (StackTraceElement frame : error.getStackTrace()) {
            String cell = snippets.place(frame)
                    .map(Frames::cellLine)
                    .map(text -> "  [" + text + "]")
                    .orElse("");
            lines.add("    at " + frame + cell);
        }
    }

    /** A cell that was interrupted. */
    CellException interrupted() {
        return new CellException(
                "Interrupted", "the cell was interrupted", List.of(red("Interrupted") + ": the cell was interrupted"));
    }

    private static String lead(int line) {
        return "--> " + line + "  ";
    }

    private String red(String text) {
        return mode == ErrorMode.PLAIN ? text : "\u001b[1;31m" + text + "\u001b[0m";
    }
}

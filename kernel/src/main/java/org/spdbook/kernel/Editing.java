package org.spdbook.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.CellScanner;
import org.spdbook.kernel.magic.CellScanner.Piece;
import org.spdbook.kernel.magic.Magic.Completion;
import org.spdbook.kernel.magic.Magics;
import org.spdbook.kernel.protocol.Message;
import org.spdbook.kernel.shell.JavaShell;

/** Answers while a cell is being written: completion, help, and whether it is complete. */
final class Editing {

    private final JavaShell shell;
    private final Magics magics;
    private final Supplier<Path> folder;

    /**
     * Editing help of a session.
     *
     * @param folder where relative paths of magics begin now
     */
    Editing(JavaShell shell, Magics magics, Supplier<Path> folder) {
        this.shell = shell;
        this.magics = magics;
        this.folder = folder;
    }

    /** Content of a {@code complete_reply}. */
    Map<String, ?> complete(Message request) {
        String code = request.text("code", "");
        int cursor = cursor(code, request);
        Optional<Piece> piece = pieceBefore(code, cursor);
        List<Completion> found;
        int start;
        if (piece.isPresent() && piece.get().magic()) {
            String typed = code.substring(piece.get().start(), cursor);
            found = magics.complete(typed, folder.get());
            start = cursor - Magics.lengthOfLast(typed);
        } else {
            int offset = piece.map(Piece::start).orElse(cursor);
            int[] anchor = {cursor - offset};
            found = shell.suggest(code.substring(offset), cursor - offset, anchor).stream()
                    .map(text -> new Completion(text, text.endsWith("(") || text.endsWith("()") ? "function" : "name"))
                    .toList();
            start = offset + Math.max(0, anchor[0]);
        }
        int from = code.codePointCount(0, start);
        int to = code.codePointCount(0, cursor);
        List<Map<String, ?>> types = found.stream()
                .<Map<String, ?>>map(one -> Map.of("start", from, "end", to, "text", one.text(), "type", one.type()))
                .toList();
        return Map.of(
                "matches",
                found.stream().map(Completion::text).toList(),
                "cursor_start",
                from,
                "cursor_end",
                to,
                "metadata",
                Map.of("_jupyter_types_experimental", types));
    }

    /** Content of an {@code inspect_reply}. */
    Map<String, ?> inspect(Message request) {
        String code = request.text("code", "");
        int cursor = cursor(code, request);
        Optional<Piece> piece = pieceBefore(code, cursor);
        Optional<DisplayBundle> help = piece.flatMap(found -> {
            if (found.magic()) {
                return magics.inspect(code.substring(found.start(), cursor));
            }
            List<String> signatures = shell.describe(code.substring(found.start()), cursor - found.start());
            return signatures.isEmpty()
                    ? Optional.empty()
                    : Optional.of(DisplayBundle.text(String.join("\n", signatures)));
        });
        return Map.of(
                "found", help.isPresent(),
                "data", help.<Map<String, ?>>map(DisplayBundle::data).orElse(Map.of()),
                "metadata", Map.of());
    }

    /** Content of an {@code is_complete_reply}; its own status replaces ok. */
    String completeness(Message request) {
        List<Piece> pieces = new CellScanner(shell).scan(request.text("code", ""));
        Completeness last = pieces.isEmpty()
                ? Completeness.EMPTY
                : pieces.get(pieces.size() - 1).completeness();
        return switch (last) {
            case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE, EMPTY -> "complete";
            case DEFINITELY_INCOMPLETE -> "incomplete";
            case UNKNOWN -> "invalid";
        };
    }

    private Optional<Piece> pieceBefore(String code, int cursor) {
        List<Piece> pieces = new CellScanner(shell).scan(code.substring(0, cursor));
        return pieces.isEmpty() ? Optional.empty() : Optional.of(pieces.get(pieces.size() - 1));
    }

    /** Jupyter counts code points, Java counts UTF-16 units. */
    private static int cursor(String code, Message request) {
        int points = Math.max(0, Math.min(request.number("cursor_pos", 0), code.codePointCount(0, code.length())));
        return code.offsetByCodePoints(0, points);
    }
}

package org.spdbook.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.editing.Candidate;
import org.spdbook.kernel.editing.CompletenessCheck;
import org.spdbook.kernel.editing.CompletenessCheck.Answer;
import org.spdbook.kernel.editing.Completer;
import org.spdbook.kernel.editing.Completer.Completions;
import org.spdbook.kernel.editing.Inspector;
import org.spdbook.kernel.magic.Magics;
import org.spdbook.kernel.protocol.Message;
import org.spdbook.kernel.protocol.Request;
import org.spdbook.kernel.shell.JavaShell;

/** Answers while a cell is being written: the requests of Jupyter for what is in the editing package. */
final class Editing {

    private final Completer completer;
    private final Inspector inspector;
    private final CompletenessCheck completeness;

    /**
     * Editing help of a session.
     *
     * @param folder where relative paths of magics begin now
     */
    Editing(JavaShell shell, Magics magics, Supplier<Path> folder) {
        completer = new Completer(shell, magics, folder);
        inspector = new Inspector(shell, magics);
        completeness = new CompletenessCheck(shell);
    }

    /** Content of a {@code complete_reply}. */
    Map<String, ?> complete(Message request) {
        String code = request.text("code", "");
        int cursor = cursor(code, request);
        Completions found = completer.complete(code, cursor);
        int from = code.codePointCount(0, found.start());
        int to = code.codePointCount(0, cursor);
        List<Map<String, ?>> types = found.candidates().stream()
                .<Map<String, ?>>map(one -> Map.of(
                        "start", from, "end", to, "text", one.text(), "type", one.type(), "signature", one.signature()))
                .toList();
        return Map.of(
                "matches",
                found.candidates().stream().map(Candidate::text).toList(),
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
        Optional<DisplayBundle> help =
                inspector.inspect(code, cursor(code, request), request.number("detail_level", 0) > 0);
        return Map.of(
                "found", help.isPresent(),
                "data", help.<Map<String, ?>>map(DisplayBundle::data).orElse(Map.of()),
                "metadata", Map.of());
    }

    /** Answers an {@code is_complete_request}, whose own status replaces ok. */
    void replyCompleteness(Request request) {
        Answer answer = completeness.check(request.message().text("code", ""));
        request.replyWith(
                answer.status(), answer.status().equals("incomplete") ? Map.of("indent", answer.indent()) : Map.of());
    }

    /** Jupyter counts code points, Java counts UTF-16 units. Without a position the cursor is at the end. */
    private static int cursor(String code, Message request) {
        int length = code.codePointCount(0, code.length());
        int points = Math.max(0, Math.min(request.number("cursor_pos", length), length));
        return code.offsetByCodePoints(0, points);
    }
}

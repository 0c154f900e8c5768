package org.spdbook.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.spdbook.kernel.protocol.Message;
import org.spdbook.kernel.shell.History;

/** Answers {@code history_request} from the history. */
final class HistoryReply {

    private HistoryReply() {}

    /** Content of a {@code history_reply}. Outputs are not kept, so with {@code output} each is null. */
    static Map<String, ?> to(Message asked, History history) {
        int n = asked.number("n", Integer.MAX_VALUE);
        List<History.Entry> found = switch (asked.text("hist_access_type", "tail")) {
            case "range" ->
                history.range(
                        asked.number("session", 0), asked.number("start", 0), asked.number("stop", Integer.MAX_VALUE));
            case "search" -> history.search(asked.text("pattern", "*"), n, asked.flag("unique", false));
            default -> history.tail(n);
        };
        boolean output = asked.flag("output", false);
        return Map.of(
                "history",
                found.stream()
                        .map(entry -> List.of(
                                entry.session(),
                                entry.count(),
                                output ? Arrays.asList(entry.source(), null) : entry.source()))
                        .toList());
    }
}

package org.spdbook.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.spdbook.kernel.protocol.Message;

/** The cells that ran in this kernel, for the front-ends that ask. */
final class History {

    private record Entry(int count, String source) {}

    private final List<Entry> entries = new ArrayList<>();

    synchronized void add(int count, String source) {
        entries.add(new Entry(count, source));
    }

    /** Content of a {@code history_reply}: the last ones, a range, or those that match a pattern with {@code *} and {@code ?}. */
    synchronized Map<String, ?> find(Message request) {
        List<Entry> found = switch (request.text("hist_access_type", "tail")) {
            case "range" ->
                entries.stream()
                        .filter(entry -> entry.count() >= request.number("start", 0))
                        .filter(entry -> entry.count() < request.number("stop", Integer.MAX_VALUE))
                        .toList();
            case "search" ->
                entries.stream()
                        .filter(entry -> glob(request.text("pattern", "*"))
                                .matcher(entry.source())
                                .matches())
                        .toList();
            default -> entries;
        };
        int wanted = request.number("n", found.size());
        List<Entry> last = found.subList(Math.max(0, found.size() - Math.max(0, wanted)), found.size());
        boolean output = request.flag("output", false);
        return Map.of(
                "history",
                last.stream()
                        .map(entry -> {
                            Object source = output ? java.util.Arrays.asList(entry.source(), null) : entry.source();
                            return List.of(0, entry.count(), source);
                        })
                        .toList());
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}

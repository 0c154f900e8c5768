package org.spdbook.kernel.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which line of which cell each snippet came from. */
final class Snippets {

    /**
     * Where a snippet came from.
     *
     * @param cell execution count
     * @param firstLine line of the cell, from 1, where the snippet begins
     * @param source of the snippet
     */
    record Origin(int cell, int firstLine, String source) {

        /** The line of the cell that holds an offset of the snippet. */
        int lineAt(long offset) {
            int end = (int) Math.max(0, Math.min(offset, source.length()));
            return firstLine
                    + (int) source.substring(0, end)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
        }

        /** The text of a line of the cell, empty outside the snippet. */
        String line(int lineOfCell) {
            return source.lines()
                    .skip(Math.max(0, lineOfCell - firstLine))
                    .findFirst()
                    .orElse("");
        }
    }

    private final Map<String, Origin> byId = new HashMap<>();

    void put(String id, Origin origin) {
        byId.put(id, origin);
    }

    Optional<Origin> of(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}

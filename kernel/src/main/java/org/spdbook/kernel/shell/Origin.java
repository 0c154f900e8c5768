package org.spdbook.kernel.shell;

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
        int line = firstLine;
        for (int i = 0; i < clamp(offset); i++) {
            line += source.charAt(i) == '\n' ? 1 : 0;
        }
        return line;
    }

    /** The text of a line of the cell, empty outside the snippet. */
    String line(int lineOfCell) {
        return source.lines()
                .skip(Math.max(0, lineOfCell - firstLine))
                .findFirst()
                .orElse("");
    }

    /** Offset of the beginning of the line that holds an offset. */
    int lineStart(long offset) {
        return source.lastIndexOf('\n', clamp(offset) - 1) + 1;
    }

    private int clamp(long offset) {
        return (int) Math.max(0, Math.min(offset, source.length()));
    }
}

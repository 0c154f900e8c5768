package org.spdbook.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.spdbook.kernel.shell.JavaShell;

/**
 * Cuts a cell into snippets of Java and magics. A magic is looked for only where a snippet may begin, so {@code %} inside an
 * expression or a text block stays Java.
 */
public final class CellScanner {

    /**
     * A part of a cell.
     *
     * @param source without white space before it
     * @param start offset in the cell
     * @param line of the cell, from 1
     * @param magic whether it is a magic
     * @param completeness of the Java; magics are complete
     */
    public record Piece(String source, int start, int line, boolean magic, Completeness completeness) {

        /** The source with the semicolon that its end may leave out. */
        public String toRun() {
            return completeness == Completeness.COMPLETE_WITH_SEMI ? source.stripTrailing() + ";" : source;
        }

        /** Whether a reader asked not to see the value, by a semicolon at the end. */
        public boolean isQuiet() {
            return !magic && source.stripTrailing().endsWith(";");
        }
    }

    private final JavaShell shell;

    /** A scanner that asks this session where Java ends. */
    public CellScanner(JavaShell shell) {
        this.shell = shell;
    }

    /** The parts of a cell, in order. */
    public List<Piece> scan(String cell) {
        List<Piece> pieces = new ArrayList<>();
        int at = skipBlank(cell, 0);
        while (at < cell.length()) {
            int end;
            if (cell.charAt(at) == '%') {
                end = cell.startsWith("%%", at) ? cell.length() : magicEnd(cell, at);
                pieces.add(piece(cell, at, end, true, Completeness.COMPLETE));
            } else {
                String rest = cell.substring(at);
                CompletionInfo info = shell.analyse(rest);
                boolean whole = info.source() == null || info.completeness() == Completeness.UNKNOWN;
                end = whole ? cell.length() : cell.length() - info.remaining().length();
                pieces.add(piece(cell, at, Math.max(end, at + 1), false, info.completeness()));
                end = Math.max(end, at + 1);
            }
            at = skipBlank(cell, end);
        }
        return pieces;
    }

    private static Piece piece(String cell, int start, int end, boolean magic, Completeness completeness) {
        int line = 1
                + (int) cell.substring(0, start).chars().filter(c -> c == '\n').count();
        return new Piece(cell.substring(start, end), start, line, magic, completeness);
    }

    /** A line magic goes on while its line ends with a backslash. */
    private static int magicEnd(String cell, int start) {
        int end = cell.indexOf('\n', start);
        while (end > 0 && cell.charAt(end - 1) == '\\') {
            end = cell.indexOf('\n', end + 1);
        }
        return end < 0 ? cell.length() : end;
    }

    /** Where code begins, after white space and comments. */
    private static int skipBlank(String cell, int start) {
        int at = start;
        while (at < cell.length()) {
            if (Character.isWhitespace(cell.charAt(at))) {
                at++;
            } else if (cell.startsWith("//", at)) {
                int end = cell.indexOf('\n', at);
                at = end < 0 ? cell.length() : end;
            } else if (cell.startsWith("/*", at) && !cell.startsWith("/**", at)) {
                int end = cell.indexOf("*/", at + 2);
                if (end < 0) {
                    return at;
                }
                at = end + 2;
            } else {
                return at;
            }
        }
        return at;
    }
}

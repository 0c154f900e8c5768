package org.spdbook.kernel.editing;

import java.util.List;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import org.spdbook.kernel.magic.CellScanner;
import org.spdbook.kernel.magic.CellScanner.Piece;
import org.spdbook.kernel.shell.JavaShell;

/** Whether a console should run what was typed or ask for another line. */
public final class CompletenessCheck {

    private final JavaShell shell;

    /**
     * An answer.
     *
     * @param status complete, incomplete or invalid, as Jupyter names them
     * @param indent white space for the next line; empty unless incomplete
     */
    public record Answer(String status, String indent) {}

    /** A check by a session. */
    public CompletenessCheck(JavaShell shell) {
        this.shell = shell;
    }

    /** Whether a cell is complete. A cell magic is when an empty line ends it, a line magic unless its last character is a backslash. */
    public Answer check(String cell) {
        List<Piece> pieces = new CellScanner(shell).scan(cell);
        if (pieces.isEmpty()) {
            return complete();
        }
        Piece last = pieces.get(pieces.size() - 1);
        if (last.magic()) {
            boolean open = last.source().startsWith("%%")
                    ? !last.source().matches("(?s).*\\n[ \\t]*\\n?")
                    : last.source().endsWith("\\");
            return open ? new Answer("incomplete", "") : complete();
        }
        Completeness completeness = last.completeness();
        return switch (completeness) {
            case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE, EMPTY -> complete();
            case DEFINITELY_INCOMPLETE -> new Answer("incomplete", Indentation.after(last.source()));
            case UNKNOWN -> new Answer("invalid", "");
        };
    }

    private static Answer complete() {
        return new Answer("complete", "");
    }
}

package org.spdbook.kernel.editing;

import java.util.List;
import org.spdbook.kernel.magic.CellScanner;
import org.spdbook.kernel.magic.CellScanner.Piece;
import org.spdbook.kernel.shell.JavaShell;

/**
 * The magic or the snippet of Java that the cursor is in, up to the cursor.
 *
 * @param magic whether it is a magic
 * @param start offset in the cell
 * @param source from there to the cursor
 * @param before Java of the same cell that declares what the snippet may use, as it has not run yet; to be put before the source
 */
record Place(boolean magic, int start, String source, String before) {

    private static final int CONTEXT = 50;

    /**
     * The place of a cursor.
     *
     * @param cursor UTF-16 offset
     */
    static Place of(String cell, int cursor, JavaShell shell) {
        String typed = cell.substring(0, cursor);
        List<Piece> pieces = new CellScanner(shell).scan(typed);
        if (pieces.isEmpty()) {
            return fresh(typed, 0, "");
        }
        Piece last = pieces.get(pieces.size() - 1);
        int end = last.start() + last.source().length();
        boolean over = end < cursor
                && (last.magic()
                        || typed.substring(last.start(), end).endsWith(";")
                        || typed.substring(last.start(), end).endsWith("}"));
        if (over) {
            return fresh(typed, end, declarations(pieces));
        }
        if (last.magic()) {
            return new Place(true, last.start(), typed.substring(last.start()), "");
        }
        String before = declarations(pieces.subList(0, pieces.size() - 1));
        return new Place(false, last.start(), typed.substring(last.start()), before);
    }

    /** Where a new snippet may begin, but for a comment that is not closed. */
    private static Place fresh(String typed, int end, String before) {
        boolean comment = LexicalState.at(typed.substring(end)).kind() == LexicalState.Kind.COMMENT;
        int start = comment ? end : typed.length();
        return new Place(false, start, typed.substring(start), before);
    }

    /** The variables and types of the pieces; what else there is cannot stand in one block with an expression. */
    private static String declarations(List<Piece> pieces) {
        StringBuilder code = new StringBuilder();
        for (Piece piece : pieces.subList(Math.max(0, pieces.size() - CONTEXT), pieces.size())) {
            String source = piece.source().strip();
            if (!piece.magic() && !source.startsWith("import ") && !LocalNames.isMethod(source)) {
                code.append(source).append(source.endsWith(";") || source.endsWith("}") ? "\n" : ";\n");
            }
        }
        return code.isEmpty() ? "" : LocalNames.declarations(code.toString());
    }
}

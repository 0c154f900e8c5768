package org.spdbook.kernel.editing;

import java.util.List;
import org.spdbook.kernel.editing.LexicalState.Kind;

/** How far the next line of an unfinished cell is indented. */
final class Indentation {

    private static final String STEP = "    ";

    private Indentation() {}

    /**
     * The white space before the next line. Each line that leaves brackets open indents what follows by four spaces, once however
     * many they are, and an expression that goes on by four more. Inside a text block or a comment the last line's own is kept.
     *
     * @param code of the last, unfinished snippet
     */
    static String after(String code) {
        LexicalState state = LexicalState.at(code);
        if (state.kind() == Kind.TEXT_BLOCK || state.kind() == Kind.COMMENT) {
            return leading(lastLine(code));
        }
        long steps =
                state.open().stream().map(at -> lineOf(code, at)).distinct().count();
        return STEP.repeat((int) Math.min(steps, 40) + (goesOn(code, state.open()) ? 1 : 0));
    }

    private static long lineOf(String code, int at) {
        return code.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    /** Whether the last line is an expression or a header that its next line continues. */
    private static boolean goesOn(String code, List<Integer> open) {
        String end = code.stripTrailing();
        if (end.isEmpty() || ";{}(,[".indexOf(end.charAt(end.length() - 1)) >= 0) {
            return false;
        }
        return open.isEmpty() || isBlock(code, open.get(open.size() - 1));
    }

    /** Whether a bracket begins statements and not the elements of an array. */
    private static boolean isBlock(String code, int bracket) {
        String before = code.substring(0, bracket).stripTrailing();
        return code.charAt(bracket) == '{'
                && (before.isEmpty() || "]=,{".indexOf(before.charAt(before.length() - 1)) < 0);
    }

    private static String lastLine(String code) {
        return code.substring(code.lastIndexOf('\n') + 1);
    }

    private static String leading(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }
}

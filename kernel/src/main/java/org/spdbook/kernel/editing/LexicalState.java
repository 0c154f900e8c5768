package org.spdbook.kernel.editing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the end of a piece of Java is inside of.
 *
 * @param kind of the token that is not closed, {@link Kind#CODE} for none
 * @param start offset where that token's content begins, after its opening quote or comment sign; the end of the text for code
 * @param open offsets of the brackets that are not closed, outermost first
 */
record LexicalState(Kind kind, int start, List<Integer> open) {

    /** What an unclosed token is. */
    enum Kind {
        CODE,
        STRING,
        CHARACTER,
        TEXT_BLOCK,
        COMMENT
    }

    LexicalState {
        open = List.copyOf(open);
    }

    /** The state at the end of some Java. */
    static LexicalState at(String code) {
        Deque<Integer> open = new ArrayDeque<>();
        int at = 0;
        while (at < code.length()) {
            Kind kind = kindAt(code, at);
            if (kind == Kind.CODE) {
                bracket(code.charAt(at), at, open);
                at++;
                continue;
            }
            String sign = code.startsWith("//", at) ? "//" : kind == Kind.COMMENT ? "/*" : quote(kind);
            int content = at + sign.length();
            int end = end(code, content, sign.equals("/*") ? "*/" : sign.equals("//") ? "\n" : sign);
            if (end < 0) {
                return new LexicalState(kind, content, List.copyOf(open));
            }
            at = end;
        }
        return new LexicalState(Kind.CODE, code.length(), List.copyOf(open));
    }

    private static Kind kindAt(String code, int at) {
        return switch (code.charAt(at)) {
            case '"' -> code.startsWith("\"\"\"", at) ? Kind.TEXT_BLOCK : Kind.STRING;
            case '\'' -> Kind.CHARACTER;
            case '/' -> code.startsWith("//", at) || code.startsWith("/*", at) ? Kind.COMMENT : Kind.CODE;
            default -> Kind.CODE;
        };
    }

    private static String quote(Kind kind) {
        return kind == Kind.TEXT_BLOCK ? "\"\"\"" : kind == Kind.STRING ? "\"" : "'";
    }

    private static void bracket(char c, int at, Deque<Integer> open) {
        if (c == '{' || c == '(' || c == '[') {
            open.addLast(at);
        } else if (c == '}' || c == ')' || c == ']') {
            open.pollLast();
        }
    }

    /** Where a token ends, after its closing sign; a string or character also at the end of its line; -1 for not at all. */
    private static int end(String code, int content, String sign) {
        boolean escapes = sign.contains("\"") || sign.equals("'");
        for (int i = content; i < code.length(); i++) {
            if (escapes && code.charAt(i) == '\\') {
                i++;
            } else if (code.startsWith(sign, i)) {
                return i + sign.length();
            } else if (escapes && sign.length() == 1 && code.charAt(i) == '\n') {
                return i;
            }
        }
        return -1;
    }
}

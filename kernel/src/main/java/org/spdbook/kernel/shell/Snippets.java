package org.spdbook.kernel.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Which line of which cell each snippet came from. The texts are JShell's own, which it keeps for the life of a session. Looking
 * up is safe from any thread.
 */
final class Snippets {

    /** The class that JShell makes of a snippet has this name and a number, and a letter from its second version on. */
    static final String CLASS_PREFIX = "REPL.$JShell$";

    private final SourceCodeAnalysis analysis;
    private final Map<String, Origin> byId = new HashMap<>();
    private final Map<String, Known> byClass = new ConcurrentHashMap<>();

    /** A loaded class: the snippet it was made of, and where that stands. */
    private record Known(Snippet snippet, Origin origin) {}

    /**
     * A place in a cell.
     *
     * @param cell execution count
     * @param line from 1; 0 where it is not known
     * @param text of that line
     */
    record Place(int cell, int line, String text) {}

    Snippets(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    /** A snippet was evaluated, or evaluated again elsewhere. */
    void put(Snippet snippet, Origin origin) {
        byId.put(snippet.id(), origin);
        byClass.put(analysis.wrapper(snippet).fullClassName(), new Known(snippet, origin));
    }

    /** A snippet was compiled again because another one that it uses changed; it has a new class. */
    void renew(Snippet snippet) {
        Origin origin = byId.get(snippet.id());
        if (origin != null) {
            put(snippet, origin);
        }
    }

    /** The snippet that a frame belongs to; empty for a frame of a library. */
    Optional<Snippet> of(StackTraceElement frame) {
        return Optional.ofNullable(byClass.get(outerClass(frame))).map(Known::snippet);
    }

    /** The place that a frame stands for; empty for a frame of a library. */
    Optional<Place> place(StackTraceElement frame) {
        @Nullable Known known = byClass.get(outerClass(frame));
        if (known == null) {
            return Optional.empty();
        }
        Origin origin = known.origin();
        SnippetWrapper wrapper = analysis.wrapper(known.snippet());
        int offset = wrapper.fullClassName().equals(outerClass(frame)) ? offset(wrapper, frame.getLineNumber()) : -1;
        if (offset < 0) {
            return Optional.of(new Place(origin.cell(), 0, ""));
        }
        int line = origin.lineAt(offset);
        return Optional.of(new Place(origin.cell(), line, origin.line(line)));
    }

    private static String outerClass(StackTraceElement frame) {
        String name = frame.getClassName();
        int inner = name.startsWith(CLASS_PREFIX) ? name.indexOf('$', CLASS_PREFIX.length()) : -1;
        return inner < 0 ? name : name.substring(0, inner);
    }

    /**
     * Offset in the snippet of the first character of it on a line of the class made of it, or after that line, as JShell writes
     * {@code return $1 =} on a line of its own before an expression; -1 for none. JShell maps what it added itself to some place of
     * the snippet too, hence the look at the character.
     */
    private static int offset(SnippetWrapper wrapper, int line) {
        String wrapped = wrapper.wrapped();
        int start = 0;
        for (int i = 1; i < line && start >= 0; i++) {
            start = wrapped.indexOf('\n', start) + 1;
            if (start == 0) {
                return -1;
            }
        }
        for (int at = start; at < wrapped.length(); at++) {
            int offset = wrapper.wrappedToSourcePosition(at);
            if (!Character.isWhitespace(wrapped.charAt(at))
                    && offset >= 0
                    && offset < wrapper.source().length()
                    && wrapper.source().charAt(offset) == wrapped.charAt(at)) {
                return offset;
            }
        }
        return -1;
    }
}

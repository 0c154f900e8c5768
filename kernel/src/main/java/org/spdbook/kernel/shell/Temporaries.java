package org.spdbook.kernel.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;

/**
 * The variables {@code $1}, {@code $2}, ... that JShell makes of expressions. Each holds its value for the life of the session and
 * is imported into every later snippet, whose text, time and memory grow with them; so the newest few are kept and the others let
 * go, name and value.
 */
final class Temporaries {

    private static final int KEPT = 16;

    private final JShell shell;
    private final CellControl control;
    private final Deque<VarSnippet> kept = new ArrayDeque<>();

    Temporaries(JShell shell, CellControl control) {
        this.shell = shell;
        this.control = control;
    }

    /** Remembers a new one; lets the oldest go when there are too many. */
    void keep(VarSnippet made) {
        kept.addLast(made);
        while (kept.size() > KEPT) {
            VarSnippet oldest = kept.removeFirst();
            if (shell.status(oldest).isActive()) {
                control.clear(shell.sourceCodeAnalysis().wrapper(oldest).fullClassName(), oldest.name());
                shell.drop(oldest);
            }
        }
    }
}

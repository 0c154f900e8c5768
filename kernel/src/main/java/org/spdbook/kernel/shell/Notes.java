package org.spdbook.kernel.shell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/** What a reader should know of a cell that is no error: declarations that wait for others, variables that lost their value. */
final class Notes {

    private final JShell shell;
    private final ErrorText errors;
    private final Set<DeclarationSnippet> waiting = new LinkedHashSet<>();
    private final List<String> said = new ArrayList<>();

    Notes(JShell shell, ErrorText errors) {
        this.shell = shell;
        this.errors = errors;
    }

    void add(String sentence) {
        said.add(sentence);
    }

    /** What happened to a snippet of the cell, or to an older one because of it. */
    void event(SnippetEvent event) {
        Snippet snippet = event.snippet();
        Snippet cause = event.causeSnippet();
        if (cause == null && snippet instanceof DeclarationSnippet declaration && isWaiting(event.status())) {
            waiting.add(declaration);
        }
        if (cause instanceof DeclarationSnippet type
                && cause.kind() == Snippet.Kind.TYPE_DECL
                && snippet instanceof VarSnippet variable
                && !variable.name().startsWith("$")
                && event.isSignatureChange()
                && event.previousStatus() == Status.VALID
                && event.status() == Status.VALID) {
            said.add("Variable " + variable.name() + " is null now: its type " + type.name() + " was defined anew.");
        }
    }

    /** Whether a declaration lacks something that may still come. */
    static boolean isWaiting(Status status) {
        return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
    }

    /** The sentences since the last time, without what was resolved meanwhile. */
    List<String> take() {
        List<String> sentences = new ArrayList<>(said);
        for (DeclarationSnippet snippet : waiting) {
            if (isWaiting(shell.status(snippet))) {
                String sentence = errors.unresolved(snippet);
                sentences.add(sentence.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + sentence.substring(1)
                        + ". Define that before it is used.");
            }
        }
        said.clear();
        waiting.clear();
        return sentences;
    }
}

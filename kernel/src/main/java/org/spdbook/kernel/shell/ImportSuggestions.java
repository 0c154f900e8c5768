package org.spdbook.kernel.shell;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.QualifiedNames;

/** Imports that would make an unknown class known, by the index that JShell keeps of the JDK and of the class path. */
final class ImportSuggestions {

    private static final int MOST = 5;
    private static final Pattern UNKNOWN =
            Pattern.compile("(?:symbol: +|not defined yet: |, )(?:class|variable) (\\w+)");
    private static final List<String> FIRST =
            List.of("java.util.", "java.io.", "java.nio.", "java.net.", "java.time.", "java.text.", "java.math.");

    private final JShell shell;

    ImportSuggestions(JShell shell) {
        this.shell = shell;
    }

    /**
     * A line for each class of this simple name, at most 5, the usual packages first; none while JShell still reads the class path, and
     * for what is imported already. Never waits.
     */
    List<String> forName(String name) {
        if (name.isEmpty() || !name.codePoints().allMatch(Character::isJavaIdentifierPart)) {
            return List.of();
        }
        QualifiedNames found = shell.sourceCodeAnalysis().listQualifiedNames(name, name.length());
        if (found.isResolvable()) {
            return List.of();
        }
        return found.getNames().stream()
                .filter(full -> !full.startsWith("org.spdbook.kernel.shaded."))
                .sorted(Comparator.comparingInt(ImportSuggestions::rank).thenComparing(full -> full))
                .limit(MOST)
                .map(full ->
                        name + " is in " + full.substring(0, full.lastIndexOf('.')) + "; add: import " + full + ";")
                .toList();
    }

    /** Those for the names that an error of the compiler, or of a call of something unfinished, does not find. */
    List<String> forMessage(String message) {
        return UNKNOWN.matcher(message)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .flatMap(name -> forName(name).stream())
                .limit(MOST)
                .toList();
    }

    private static int rank(String full) {
        for (int i = 0; i < FIRST.size(); i++) {
            if (full.startsWith(FIRST.get(i))) {
                return i;
            }
        }
        return full.startsWith("java.awt.") ? FIRST.size() + 2 : FIRST.size() + (full.startsWith("java.") ? 0 : 1);
    }
}

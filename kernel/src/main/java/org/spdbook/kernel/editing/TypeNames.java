package org.spdbook.kernel.editing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spdbook.kernel.shell.JavaShell;

/** Finds the class that a name means in the cells; no class is initialised. */
final class TypeNames {

    private final JavaShell shell;

    TypeNames(JavaShell shell) {
        this.shell = shell;
    }

    /**
     * The class of a name without type arguments, {@code List}, {@code Map.Entry} or {@code java.util.List}; empty also for what a cell
     * declared.
     */
    Optional<Class<?>> find(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        List<String> full = new ArrayList<>(List.of(name, "java.lang." + name));
        String first = name.split("\\.", 2)[0];
        for (String imported : shell.imports()) {
            if (imported.endsWith(".*")) {
                full.add(imported.substring(0, imported.length() - 1) + name);
            } else if (imported.endsWith("." + first)) {
                full.add(1, imported + name.substring(first.length()));
            }
        }
        return full.stream().flatMap(one -> load(one).stream()).findFirst();
    }

    /** The class of a full name, in which dots may also stand before nested classes. */
    private Optional<Class<?>> load(String name) {
        String binary = name;
        while (true) {
            try {
                return Optional.of(Class.forName(binary, false, shell.classes().loader()));
            } catch (ClassNotFoundException | LinkageError e) {
                int dot = binary.lastIndexOf('.');
                if (dot < 0) {
                    return Optional.empty();
                }
                binary = binary.substring(0, dot) + "$" + binary.substring(dot + 1);
            }
        }
    }
}

package org.spdbook.kernel.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The class path of the cells, besides the kernel itself.
 *
 * @param added files and folders that cells added, in order; classes are looked for here first
 * @param libraries what the kernelspec gives
 * @param shared packages, with those below them, whose classes are always those of the libraries
 */
public record ClassPath(List<Path> added, List<Path> libraries, Set<String> shared) {

    public ClassPath {
        added = List.copyOf(added);
        libraries = List.copyOf(libraries);
        shared = Set.copyOf(shared);
    }

    /** All entries in the order in which a class is looked for. */
    public List<Path> entries() {
        List<Path> all = new ArrayList<>(added);
        all.addAll(libraries);
        return all;
    }

    /** Whether a class is never taken from what cells added. */
    public boolean isShared(String className) {
        if (className.startsWith("java.") || className.startsWith("org.spdbook.")) {
            return true;
        }
        return shared.stream().anyMatch(name -> className.startsWith(name) && className.startsWith(".", name.length()));
    }
}

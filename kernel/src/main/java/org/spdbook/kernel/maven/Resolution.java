package org.spdbook.kernel.maven;

import java.nio.file.Path;
import java.util.List;

/**
 * Libraries as they were resolved.
 *
 * @param jars each once, in the order of the tree
 * @param sources how many of them have their sources beside them, of those asked for
 * @param unreachable whether repositories could not be reached, and everything came from the local repository
 */
public record Resolution(List<Jar> jars, int sources, boolean unreachable) {

    /**
     * A library.
     *
     * @param group of its coordinates
     * @param artifact of its coordinates
     * @param version it got
     * @param file in the local repository
     * @param depth in the tree, 0 for what was asked for
     */
    public record Jar(String group, String artifact, String version, Path file, int depth) {

        /** Group, artifact and version. */
        @Override
        public String toString() {
            return group + ":" + artifact + ":" + version;
        }
    }

    public Resolution {
        jars = List.copyOf(jars);
    }
}

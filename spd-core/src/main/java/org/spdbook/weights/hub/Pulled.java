package org.spdbook.weights.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.spdbook.weights.AtomicFile;

/**
 * A file that is in the cache now.
 *
 * @param file what was asked for
 * @param path of it in the cache, by its own name
 * @param commit that it belongs to
 * @param how it comes to be there
 * @param remark why the hub was not asked, in one sentence; empty if it was
 */
public record Pulled(HubFile file, Path path, String commit, How how, String remark) {

    private static final long LINKED_FROM = 10_000_000;

    /** How a file comes to be in the cache. */
    public enum How {
        /** It was loaded now. */
        LOADED("loaded"),
        /** It was there, and is what the hub has now. */
        CURRENT("in the cache"),
        /** It was there; the hub was not asked, or did not answer. */
        UNASKED("in the cache, not asked for a newer one");

        private final String word;

        How(String word) {
            this.word = word;
        }

        /** A few words for a table. */
        public String word() {
            return word;
        }
    }

    /** Bytes. */
    public long size() throws IOException {
        return Files.size(path);
    }

    /**
     * Puts it into a plain folder under its name: a large file as a second name of the one in the cache, which takes no room
     * but must not be written to; a small one, or on another disk, as a copy.
     *
     * @return where it is
     */
    public Path putInto(Path folder) throws IOException {
        Path target = folder.resolve(file.name());
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path source = path.toRealPath();
        if (Files.exists(target) && Files.isSameFile(source, target)) {
            return target;
        }
        if (size() >= LINKED_FROM) {
            HubCache.linkOrCopy(source, target);
        } else {
            AtomicFile.write(target, Files.readAllBytes(source));
        }
        return target;
    }
}

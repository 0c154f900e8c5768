package org.spdbook.kernel.magic.standard;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.spdbook.kernel.magic.FileCompletion;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.kernel.magic.Nearest;

/** Files and folders as they are typed: relative to the folder of the magics, {@code ~} for the home of the user. */
final class LocalFile {

    private LocalFile() {}

    /**
     * The absolute path of what was typed.
     *
     * @throws MagicException if it is no path on this system
     */
    static Path of(String typed, Path folder) {
        try {
            if (typed.equals("~") || typed.startsWith("~/")) {
                return Path.of(System.getProperty("user.home"))
                        .resolve(typed.substring(Math.min(2, typed.length())))
                        .normalize();
            }
            return folder.resolve(typed).normalize();
        } catch (InvalidPathException e) {
            throw new MagicException("the path " + typed + " is not possible on this system: " + e.getReason());
        }
    }

    /**
     * The absolute path of a file that is there.
     *
     * @throws MagicException if it is not
     */
    static Path existing(String typed, Path folder) {
        Path path = of(typed, folder);
        if (!Files.exists(path)) {
            throw new MagicException("there is no file " + path + near(path));
        }
        return path;
    }

    private static String near(Path path) {
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return "; its folder is not there either";
        }
        List<String> names = FileCompletion.complete(parent, "").stream()
                .map(found -> found.text().replace("/", ""))
                .toList();
        String question = Nearest.question(String.valueOf(path.getFileName()), names, "");
        return question.isEmpty() ? "; %cd changes the folder that relative paths begin in" : question;
    }

    /** A number of bytes for a reader. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}

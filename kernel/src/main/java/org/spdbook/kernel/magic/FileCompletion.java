package org.spdbook.kernel.magic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.spdbook.kernel.magic.Magic.Completion;

/** Names of files and folders as completions, for arguments of magics and for string literals. */
public final class FileCompletion {

    /** The most names that are offered. */
    private static final int MOST = 500;

    private FileCompletion() {}

    /**
     * The files and folders whose name begins as typed; a folder's text ends with {@code /}. Hidden ones are left out unless the name
     * typed begins with a dot. What cannot be read gives none.
     *
     * @param folder where a relative path begins, absolute
     * @param typed a path that is being typed, perhaps empty; {@code ~/} is the home folder
     */
    public static List<Completion> complete(Path folder, String typed) {
        return complete(folder, typed, path -> true);
    }

    /**
     * As {@link #complete(Path, String)}, of files that pass a test; folders always do.
     *
     * @param wanted asked for files alone
     */
    public static List<Completion> complete(Path folder, String typed, Predicate<Path> wanted) {
        int cut = typed.lastIndexOf('/') + 1;
        String parent = typed.substring(0, cut);
        String name = typed.substring(cut);
        try (Stream<Path> found = Files.list(folder.resolve(home(parent)))) {
            return found.filter(path -> fits(path.getFileName().toString(), name))
                    .filter(path -> Files.isDirectory(path) || wanted.test(path))
                    .map(path -> parent + path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .sorted()
                    .limit(MOST)
                    .map(text -> new Completion(text, "file"))
                    .toList();
        } catch (IOException | UncheckedIOException | InvalidPathException | SecurityException e) {
            return List.of(); // a folder that is not there or not ours has nothing to offer
        }
    }

    private static boolean fits(String name, String typed) {
        return name.startsWith(typed) && (typed.startsWith(".") || !name.startsWith("."));
    }

    private static String home(String path) {
        return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
    }
}

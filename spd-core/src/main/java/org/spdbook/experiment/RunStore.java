package org.spdbook.experiment;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs on disk, one folder each. Several processes may use one store.
 *
 * @param root holds the folders; made when the first run is
 */
public record RunStore(Path root) {

    private static final int KEY_LETTERS = 6;

    /** How a folder begins that is being made. */
    private static final String HIDDEN = ".new-";

    /** The store of this process: the folder {@code SPD_RUNS} names, or {@code runs} in the current folder. */
    public static RunStore here() {
        @Nullable String given = System.getenv("SPD_RUNS");
        return new RunStore(Path.of(given == null || given.isBlank() ? "runs" : given));
    }

    /**
     * A folder for a new run, with its spec in it from the moment it has its name. The id says what it is; equal work gets a
     * number behind it.
     *
     * @throws IOException if it cannot be made
     */
    public RunFolder create(Plan plan) throws IOException {
        String stem = stem(plan); // looks at data and weights, which may be missing
        Files.createDirectories(root);
        Path made = Files.createDirectory(root.resolve(HIDDEN + UUID.randomUUID()));
        new RunFolder(made).writeSpec(plan);
        for (int number = 1; ; number++) {
            Path named = root.resolve(number == 1 ? stem : stem + "-" + number);
            try {
                return new RunFolder(Files.move(made, named, StandardCopyOption.ATOMIC_MOVE));
            } catch (FileSystemException e) { // which of its kinds depends on the system
                if (!Files.exists(named)) {
                    throw e;
                }
            }
        }
    }

    private static String stem(Plan plan) {
        ExperimentSpec spec = plan.spec();
        return spec.experiment() + "-" + spec.trainedOn() + "-" + spec.optimizer() + "-"
                + plan.key().substring(0, KEY_LETTERS);
    }

    /**
     * The run of this very work, ended or not; a new folder if there is none. Not for two processes at once.
     *
     * @throws IOException if a folder cannot be read or made
     */
    public synchronized RunFolder withKey(Plan plan) throws IOException {
        String stem = stem(plan);
        RunFolder begun = null;
        for (RunFolder folder : list()) {
            if (folder.id().startsWith(stem) && folder.key().equals(plan.key())) {
                if (folder.isFinished()) {
                    return folder;
                }
                begun = folder;
            }
        }
        return begun == null ? create(plan) : begun;
    }

    /**
     * The runs of a world that have ended, oldest first.
     *
     * @throws IOException if the store cannot be listed
     */
    public List<RunFolder> ended(World world) throws IOException {
        return list().stream()
                .filter(folder -> folder.id().startsWith(world.name() + "-") && folder.isFinished())
                .toList();
    }

    /** All runs, oldest first. */
    public List<RunFolder> list() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(root)) {
            return paths.map(RunFolder::new)
                    .filter(folder -> !folder.id().startsWith(HIDDEN))
                    .filter(folder -> Files.exists(folder.specFile()))
                    .sorted(Comparator.comparingLong(RunStore::time).thenComparing(RunFolder::id))
                    .toList();
        }
    }

    private static long time(RunFolder folder) {
        try {
            return Files.getLastModifiedTime(folder.specFile()).toMillis();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * The run of an id or of its beginning.
     *
     * @throws IllegalArgumentException if there is none, or several begin so
     */
    public RunFolder find(String id) throws IOException {
        List<RunFolder> all = list();
        List<RunFolder> found =
                all.stream().filter(folder -> folder.id().equals(id)).toList();
        if (found.isEmpty() && !id.isEmpty()) {
            found = all.stream().filter(folder -> folder.id().startsWith(id)).toList();
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("run " + id + " may be one of "
                    + String.join(", ", found.stream().map(RunFolder::id).toList()) + "; write more of it");
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    Known.sentence("run", id, all.stream().map(RunFolder::id).toList()) + " (in " + root + ")");
        }
        return found.get(0);
    }
}

package org.spdbook.weights.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.spdbook.weights.AtomicFile;

/**
 * The files that this machine has of repositories, laid out as huggingface_hub does, which shares them:
 *
 * <pre>
 * models--ORGANISATION--NAME/refs/main                   the commit that main was
 *                            snapshots/COMMIT/config.json -> ../../blobs/ETAG
 *                            blobs/ETAG                   the file; of large files the ETag is their SHA-256
 * .locks/models--ORGANISATION--NAME/ETAG.lock
 * </pre>
 *
 * <p>Source: {@code file_download.py} of huggingface_hub.
 *
 * @param root absolute; need not be there
 */
public record HubCache(Path root) {

    /** The cache of this user; see {@link HubSettings}. */
    public static HubCache here() {
        return HubSettings.here().cache();
    }

    /** The folder of a repository, which need not be there. */
    public Path folder(String repository) {
        return root.resolve(folderName(repository));
    }

    private static String folderName(String repository) {
        return "models--" + HubFile.checkRepository(repository).replace("/", "--");
    }

    /** A file, if it is there at the commit that its revision was last known to be. Asks nobody. */
    public Optional<Path> find(HubFile file) {
        return snapshot(file.repository(), file.revision())
                .map(folder -> folder.resolve(file.name()))
                .filter(Files::isRegularFile);
    }

    /**
     * The folder with the files of a repository, named as there, if a revision of it was ever loaded; not all files need be in
     * it.
     */
    public Optional<Path> snapshot(String repository, String revision) {
        return commit(repository, revision)
                .map(commit -> folder(repository).resolve("snapshots").resolve(commit))
                .filter(Files::isDirectory);
    }

    /** The commit that a revision was last known to be. */
    Optional<String> commit(String repository, String revision) {
        HubFile asked = new HubFile(repository, revision, "config.json");
        Path reference = folder(repository).resolve("refs").resolve(revision);
        if (!Files.isRegularFile(reference)) {
            return asked.isPinned() ? Optional.of(revision) : Optional.empty();
        }
        try {
            String commit = Files.readString(reference).strip();
            return asked.at(commit).isPinned() ? Optional.of(commit) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // a reference that cannot be read leads nowhere
        }
    }

    Path blob(RemoteFile remote) {
        return folder(remote.file().repository()).resolve("blobs").resolve(remote.etag());
    }

    /** Not the name that huggingface_hub gives to its own, which it would go on writing to. */
    Path part(RemoteFile remote) {
        return folder(remote.file().repository()).resolve("blobs").resolve(remote.etag() + ".spd.incomplete");
    }

    Path lock(RemoteFile remote) {
        return root.resolve(".locks")
                .resolve(folderName(remote.file().repository()))
                .resolve(remote.etag() + ".lock");
    }

    Path pointer(RemoteFile remote) {
        return folder(remote.file().repository())
                .resolve("snapshots")
                .resolve(remote.commit())
                .resolve(remote.file().name());
    }

    /** Notes which commit a branch or tag is. */
    void remember(HubFile asked, String commit) throws IOException {
        if (!asked.isPinned() && !commit(asked.repository(), asked.revision()).equals(Optional.of(commit))) {
            Path reference = folder(asked.repository()).resolve("refs").resolve(asked.revision());
            AtomicFile.write(reference, commit.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Gives a blob its name in its snapshot: a relative symbolic link, or where there can be none a second name for the same
     * file, or else a copy.
     */
    Path point(RemoteFile remote, boolean symlinks) throws IOException {
        Path pointer = pointer(remote);
        Path blob = blob(remote);
        Path folder = Objects.requireNonNull(pointer.getParent());
        Files.createDirectories(folder);
        if (Files.exists(pointer)) {
            return pointer;
        }
        Files.deleteIfExists(pointer); // a link to a blob that is gone
        if (symlinks) {
            try {
                Files.createSymbolicLink(pointer, folder.relativize(blob));
                return pointer;
            } catch (FileAlreadyExistsException e) {
                return pointer; // another process was quicker
            } catch (IOException | UnsupportedOperationException e) {
                linkOrCopy(blob, pointer); // Windows without the right to make links
                return pointer;
            }
        }
        linkOrCopy(blob, pointer);
        return pointer;
    }

    /** Makes a file a second name of another, or where there can be none a copy; in one move. */
    static void linkOrCopy(Path file, Path target) throws IOException {
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try {
                Files.createLink(temporary, file);
            } catch (IOException | UnsupportedOperationException e) {
                Files.copy(file, temporary); // another disk, or a file system without second names
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}

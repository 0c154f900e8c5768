package org.spdbook.kernel.shell;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cells of all sessions in one file, a line of JSON each: {@code {"session":3,"count":1,"source":"..."}}. Several kernels may write
 * to it at once: each write holds the lock of a second file beside it, which is never replaced. Only its owner may read it. Lines that
 * cannot be read are kept and skipped. Used by one thread at a time.
 */
final class HistoryFile {

    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final int LOCK_TRIES = 100;
    private static final int LOCK_PAUSE_MILLIS = 20;

    private final Path file;
    private final int most;
    private List<History.Entry> known = List.of();
    private long knownSize;

    /**
     * A history in a file, which is made with its folders at the first write.
     *
     * @param most how many cells {@link #trim} leaves
     */
    HistoryFile(Path file, int most) {
        this.file = file;
        this.most = most;
    }

    /** Where it is. */
    Path path() {
        return file;
    }

    /** The cells, oldest first; empty when there is no file yet. */
    List<History.Entry> entries() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        long size = Files.size(file);
        if (size != knownSize) {
            List<History.Entry> read = new ArrayList<>();
            for (String line : lines()) {
                entry(line).ifPresent(read::add);
            }
            known = List.copyOf(read);
            knownSize = size;
        }
        return known;
    }

    private List<String> lines() throws IOException {
        // what is no UTF-8 becomes replacement characters, and one bad line does not cost the others
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static Optional<History.Entry> entry(String line) {
        try {
            JsonObject object = JsonParser.parseString(line).getAsJsonObject();
            return Optional.of(new History.Entry(
                    object.get("session").getAsInt(),
                    object.get("count").getAsInt(),
                    object.get("source").getAsString()));
        } catch (JsonParseException | IllegalStateException | NullPointerException | NumberFormatException e) {
            return Optional.empty(); // cut off by a crash, or written by something else
        }
    }

    /**
     * Appends cells.
     *
     * @param session their number, or 0 for the one after the last
     * @return the number of the session
     */
    int append(int session, List<History.Entry> cells) throws IOException {
        return locked(() -> {
            int number = session > 0 ? session : next();
            StringBuilder lines = new StringBuilder(endsWithinLine() ? "\n" : "");
            for (History.Entry cell : cells) {
                Map<String, Object> object = new java.util.LinkedHashMap<>();
                object.put("session", number);
                object.put("count", cell.count());
                object.put("source", cell.source());
                lines.append(JSON.toJson(object)).append('\n');
            }
            write(file, lines.toString());
            return number;
        });
    }

    private int next() throws IOException {
        return entries().stream().mapToInt(History.Entry::session).max().orElse(0) + 1;
    }

    /** Whether a writer was cut off: then the next line begins on a line of its own. */
    private boolean endsWithinLine() throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) != '\n';
        }
    }

    /** Leaves the newest cells alone when there are too many; nothing happens to the file when that fails half-way. */
    void trim() throws IOException {
        if (entries().size() <= most) {
            return;
        }
        locked(() -> {
            List<String> lines = lines();
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.deleteIfExists(next);
            write(next, String.join("\n", lines.subList(Math.max(0, lines.size() - most), lines.size())) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return 0;
        });
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), owned("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static FileAttribute<?>[] owned(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Work on the file that no other kernel does at the same time. */
    private interface Work {
        int run() throws IOException;
    }

    private int locked(Work work) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, owned("rwx------"));
        }
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(
                        lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), owned("rw-------"));
                FileLock lock = lock(channel)) {
            return lock.isValid() ? work.run() : 0;
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        for (int i = 0; i < LOCK_TRIES; i++) {
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                // another kernel of this process, in tests
            }
            if (lock != null) {
                return lock;
            }
            try {
                Thread.sleep(LOCK_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("waiting for the history file " + file + " was interrupted");
            }
        }
        throw new IOException("the history file " + file + " is locked by another process for "
                + LOCK_TRIES * LOCK_PAUSE_MILLIS + " ms");
    }
}

package org.spdbook.experiment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keeps other processes and threads from training a run; freed by closing, and by the end of the process, however it ends. For
 * any thread.
 */
public final class RunLock implements AutoCloseable {

    private static final int TRIES = 20;
    private static final int TRY_MILLISECONDS = 50;

    /**
     * Lock files that this process holds. They must not even be opened: where locks belong to processes, closing any channel of
     * the file frees it.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    private static Path file(RunFolder folder) throws IOException {
        return folder.path().toRealPath().resolve(".lock");
    }

    /** Takes it; whoever only looks has it for a moment, so that a busy lock is tried for a second. */
    static RunLock take(RunFolder folder) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Path file = file(folder);
            synchronized (HELD) {
                if (HELD.contains(file)) {
                    break;
                }
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (lock(channel)) {
                    HELD.add(file);
                    return new RunLock(file, channel);
                }
                channel.close();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(TRY_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IllegalStateException("run " + folder.id()
                + " is being trained by another process; wait for its end, see it with: spd attach " + folder.id());
    }

    /** Whether a live process has it, this one or another. */
    static boolean isHeld(RunFolder folder) throws IOException {
        Path file = file(folder);
        synchronized (HELD) {
            if (HELD.contains(file)) {
                return true;
            }
            if (!Files.exists(file)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                return !lock(channel);
            } catch (FileSystemException e) {
                return false; // a store that cannot be written is not being written
            }
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by classes of another loader
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            channel.close();
            HELD.remove(file);
        }
    }
}

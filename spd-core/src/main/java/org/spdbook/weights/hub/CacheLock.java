package org.spdbook.weights.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes, or two threads, from loading the same file at once. The system lets go of it when a process dies.
 * huggingface_hub locks the same file in another way, which this does not see: the cache stays right because files appear in one
 * move.
 */
final class CacheLock implements AutoCloseable {

    /** Between two looks. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, when it is free. The file stays when it is given back, as another may be waiting for it.
     *
     * @param what is being loaded, for one who waits
     * @throws CancelledDownloadException when asked to stop waiting
     */
    static CacheLock take(Path file, String what, DownloadContext context) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            boolean told = false;
            while (lock(channel) == null) {
                if (!told) {
                    context.progress().waits(what + " is being loaded already; waiting for that");
                    told = true;
                }
                context.pause(AGAIN);
            }
            return new CacheLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this process has it
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

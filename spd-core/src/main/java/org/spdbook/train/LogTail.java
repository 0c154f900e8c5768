package org.spdbook.train;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log of a run that another process writes, see {@link RunLog}. A line is taken when all of it is there. A log that
 * became shorter, because its run goes on after a checkpoint, is read anew, and steps that were seen are left out. Not thread-safe.
 */
public final class LogTail {

    private static final int BLOCK = 1 << 20;

    private final Path file;
    private long position;
    private int seen;

    /** Has seen nothing yet; the file need not be there. */
    public LogTail(Path file) {
        this.file = file;
    }

    /**
     * The steps that have come since the last call, oldest first.
     *
     * @throws IOException if the file is there and cannot be read
     */
    public List<LogEntry> next() throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < position) {
                position = 0;
            }
            for (String lines = lines(channel); !lines.isEmpty(); lines = lines(channel)) {
                lines.lines().forEach(line -> add(line, entries));
            }
        } catch (NoSuchFileException e) {
            return List.of(); // not begun
        }
        return entries;
    }

    /** Whole lines from where we are, some of those there are; empty when there is none. */
    private String lines(FileChannel channel) throws IOException {
        long left = channel.size() - position;
        for (long size = Math.min(BLOCK, left); size > 0; size = Math.min(2 * size, left)) {
            ByteBuffer block = ByteBuffer.allocate(Math.toIntExact(size));
            int got;
            do {
                got = channel.read(block, position + block.position());
            } while (got > 0);
            int end = block.position();
            while (end > 0 && block.get(end - 1) != '\n') {
                end--;
            }
            if (end > 0) {
                position += end;
                return new String(block.array(), 0, end, StandardCharsets.UTF_8);
            }
            if (size == left) {
                break;
            }
        }
        return "";
    }

    private void add(String line, List<LogEntry> entries) {
        @Nullable JsonObject json = RunLog.parse(line);
        if (json != null && json.has("step")) {
            LogEntry entry = RunLog.entry(json);
            if (entry.step() > seen) {
                seen = entry.step();
                entries.add(entry);
            }
        }
    }
}

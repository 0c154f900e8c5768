package org.spdbook.experiment.sweep;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spdbook.experiment.Versions;

/**
 * What a sweep did and when, one JSON object per line in {@code sweeps/NAME.jsonl} of the store: {@code begin}, then per trial
 * {@code started}, and {@code ended}, {@code failed}, {@code stopped} or {@code reused}. Only added to. Results are never read
 * from it: the runs hold them. Safe for any thread.
 */
final class SweepJournal implements AutoCloseable {

    private final FileChannel file;

    private SweepJournal(FileChannel file) {
        this.file = file;
    }

    /** Opens the journal of a sweep to add to it; a line that a killed process left in part is ended. */
    static SweepJournal open(Path root, String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("sweeps"));
        Path path = folder.resolve(name + ".jsonl");
        boolean broken = Files.exists(path)
                && !Files.readString(path, StandardCharsets.UTF_8).endsWith("\n")
                && Files.size(path) > 0;
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (broken) {
            file.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
        return new SweepJournal(file);
    }

    void begin(int trials) throws IOException {
        Map<String, Object> line = line("begin");
        line.put("trials", trials);
        line.put("made_by", Versions.software() + " " + Versions.revision());
        write(line);
    }

    void add(String event, int trial, String run, String reason) throws IOException {
        Map<String, Object> line = line(event);
        line.put("trial", trial);
        line.put("run", run);
        if (!reason.isEmpty()) {
            line.put("reason", reason);
        }
        write(line);
    }

    private static Map<String, Object> line(String event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("event", event);
        return line;
    }

    private synchronized void write(Map<String, Object> line) throws IOException {
        file.write(ByteBuffer.wrap((new Gson().toJson(line) + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}

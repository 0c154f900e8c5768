package org.spdbook.experiment;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spdbook.weights.AtomicFile;

/**
 * Which process trains a run, as written in the run's folder. It is there while the run is trained and taken away when that ends as
 * it should, so that one that stays tells of a failure or of a process that died.
 *
 * @param pid number of the process
 * @param started when the process began, in milliseconds since 1970; 0 if the system does not say
 * @param starting whether it has only been started and does not hold the run's lock yet
 * @param done steps taken before it
 * @param steps of the whole run; 0 until model and data are open
 * @param failure why it gave up; null when it did not
 */
public record RunProcess(
        long pid,
        long started,
        boolean starting,
        int done,
        int steps,
        @Nullable String failure) {

    private static final List<String> NEEDED = List.of("pid", "started", "starting", "done", "steps");

    /** Start times are given in steps of the system's clock, which may be set. */
    private static final long SAME_MILLISECONDS = 5000;

    /** This process. */
    static RunProcess here() {
        return of(ProcessHandle.current());
    }

    /** A process that is going to train. */
    public static RunProcess of(ProcessHandle process) {
        return new RunProcess(process.pid(), started(process), true, 0, 0, null);
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** The same when it holds the lock. */
    RunProcess locked() {
        return new RunProcess(pid, started, false, done, steps, failure);
    }

    /** The same when model and data are open. */
    RunProcess begun(int after, int all) {
        return new RunProcess(pid, started, starting, after, all, failure);
    }

    /** The same when it has given up. */
    RunProcess failed(Throwable reason) {
        String sentence = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        return new RunProcess(pid, started, starting, done, steps, sentence);
    }

    /** Whether the process is there; a dead one that nobody has taken note of is not, and neither is another of its number. */
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().command().isPresent())
                .filter(process -> started == 0 || Math.abs(started(process) - started) < SAME_MILLISECONDS)
                .isPresent();
    }

    private static Path file(RunFolder folder) {
        return folder.path().resolve("process.json");
    }

    /** Notes it in the run's folder. */
    public void write(RunFolder folder) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("pid", pid);
        json.addProperty("started", started);
        json.addProperty("starting", starting);
        json.addProperty("done", done);
        json.addProperty("steps", steps);
        if (failure != null) {
            json.addProperty("failure", failure);
        }
        AtomicFile.write(file(folder), (json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What is noted in the run's folder.
     *
     * @throws IOException if the file is there and cannot be read
     */
    public static Optional<RunProcess> read(RunFolder folder) throws IOException {
        try {
            JsonObject json =
                    JsonParser.parseString(Files.readString(file(folder))).getAsJsonObject();
            if (!json.keySet().containsAll(NEEDED)) {
                throw damaged(folder, null);
            }
            return Optional.of(new RunProcess(
                    json.get("pid").getAsLong(),
                    json.get("started").getAsLong(),
                    json.get("starting").getAsBoolean(),
                    json.get("done").getAsInt(),
                    json.get("steps").getAsInt(),
                    json.has("failure") ? json.get("failure").getAsString() : null));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonParseException | IllegalStateException e) {
            throw damaged(folder, e);
        }
    }

    private static IOException damaged(RunFolder folder, @Nullable Exception cause) {
        return new IOException(
                "file " + file(folder) + " is not the JSON that was written; it has been damaged, delete it", cause);
    }

    /** Takes the note away. */
    static void remove(RunFolder folder) throws IOException {
        Files.deleteIfExists(file(folder));
    }
}

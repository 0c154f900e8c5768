package org.spdbook.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.spdbook.weights.AtomicFile;

/**
 * Asks the process that trains a run to end after its step: a file in the run's folder with the number of that process, so that no
 * later one takes it for its own.
 */
public final class StopRequest {

    private StopRequest() {}

    private static Path file(RunFolder folder) {
        return folder.path().resolve("stop");
    }

    /** Asks a process. */
    public static void ask(RunFolder folder, RunProcess process) throws IOException {
        AtomicFile.write(file(folder), Long.toString(process.pid()).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this very process is asked. */
    static boolean isFor(RunFolder folder, RunProcess process) throws IOException {
        try {
            return Files.exists(file(folder)) && Files.readString(file(folder)).equals(Long.toString(process.pid()));
        } catch (NoSuchFileException e) {
            return false; // taken back at this moment
        }
    }

    /** Takes it back. */
    public static void remove(RunFolder folder) throws IOException {
        Files.deleteIfExists(file(folder));
    }
}

package org.spdbook.weights.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * What a download takes from its surroundings.
 *
 * @param means of the machine
 * @param progress told how it goes on
 * @param cancelled asked a few times per second whether to stop
 */
record DownloadContext(Means means, DownloadProgress progress, BooleanSupplier cancelled) {

    /**
     * Of the machine.
     *
     * @param pause waits
     * @param freeSpace bytes that can be written to the disk of a folder that is there
     * @param patience how long a host may be silent
     */
    record Means(Pause pause, ToLongFunction<Path> freeSpace, Duration patience) {

        private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

        static Means usual() {
            return new Means(Pause.REAL, Means::freeSpace, USUAL_PATIENCE);
        }

        private static long freeSpace(Path folder) {
            try {
                long bytes = Files.getFileStore(folder).getUsableSpace();
                return bytes < 0 ? Long.MAX_VALUE : bytes;
            } catch (IOException e) {
                return Long.MAX_VALUE; // then the disk itself will say when it is full
            }
        }
    }

    Duration patience() {
        return means.patience();
    }

    /** Waits, saying nothing. */
    void pause(Duration time) {
        means.pause().pause(time, cancelled);
    }
}

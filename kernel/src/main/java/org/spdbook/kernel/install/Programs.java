package org.spdbook.kernel.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs to their end. */
final class Programs {

    private Programs() {}

    /**
     * How a program ended.
     *
     * @param code its exit code
     * @param output what it printed, on both streams
     */
    record Ended(int code, String output) {}

    /**
     * Runs a program without input.
     *
     * @param seconds it may take; then it is killed
     * @throws IOException if it cannot be started or does not end in time
     */
    static Ended run(int seconds, List<String> command) throws IOException {
        Path output = Files.createTempFile("spd-kernel-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException(command.get(0) + " did not end in " + seconds + " s");
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " ran", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}

package org.spdbook.experiment.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spdbook.experiment.JavaCommand;
import org.spdbook.experiment.RunFolder;
import org.spdbook.train.Cancel;

/** A process of {@link Trial}, which starts in some seconds and then takes run after run. Used by one thread at a time. */
final class TrialProcess implements AutoCloseable {

    private static final int LOOK_MILLISECONDS = 50;
    private static final int LAST_LINES = 5;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Process process;

    /**
     * Starts one.
     *
     * @param first what it writes goes into a file of this folder
     * @param memory most MiB of its Java heap
     */
    TrialProcess(RunFolder first, int memory) throws IOException {
        process = new ProcessBuilder(command(memory))
                .redirectErrorStream(true)
                .redirectOutput(log(first).toFile())
                .start();
    }

    private static List<String> command(int memory) {
        // one core per trial: no threads for garbage, little for compiling
        return JavaCommand.of(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + memory + "m"), Trial.class.getName());
    }

    /**
     * Trains a run to its end.
     *
     * @param limits those of the sweep
     * @return why it failed; empty when the run has ended or was cancelled
     */
    Optional<String> run(RunFolder folder, Sweep.Limits limits, Cancel cancel)
            throws IOException, InterruptedException {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(folder.path().toAbsolutePath().toString())
                    .append('\n')
                    .flush();
        } catch (IOException e) {
            return Optional.of("its process was gone: " + e.getMessage());
        }
        long size = -1;
        long since = System.nanoTime();
        while (!folder.isFinished() && !cancel.isAsked()) {
            if (process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                return folder.isFinished()
                        ? Optional.empty()
                        : Optional.of("it ended with exit code " + process.exitValue());
            }
            long now = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
            if (now != size) {
                size = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(limits.stall())) {
                return Optional.of("it made no step for " + limits.stall() + " s and was ended");
            }
            if (residentMiB() > limits.memory()) {
                return Optional.of("it held more than " + limits.memory() + " MiB and was ended");
            }
        }
        return Optional.empty();
    }

    private long residentMiB() {
        try {
            Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return found.find() ? Long.parseLong(found.group(1)) / 1024 : 0;
        } catch (IOException e) {
            return 0; // it has just ended, or there is no /proc
        }
    }

    /** Ends it and waits for that. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static Path log(RunFolder folder) {
        return folder.path().resolve("trial.log");
    }

    /** The last lines that a process wrote whose first run was that of the folder. */
    static List<String> lastLines(RunFolder folder) throws IOException {
        if (!Files.exists(log(folder))) {
            return List.of();
        }
        List<String> lines = new String(Files.readAllBytes(log(folder)), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }
}

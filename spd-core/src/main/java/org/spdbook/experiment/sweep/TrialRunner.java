package org.spdbook.experiment.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spdbook.experiment.RunFolder;
import org.spdbook.train.Cancel;

/**
 * Runs the trial of a folder in a process of its own, so that one that crashes, hangs or eats memory harms no other.
 *
 * @param memory most MiB that the process may hold; its Java heap is bounded by it everywhere, all of it on Linux
 * @param stall seconds without a step after which it is ended
 */
record TrialRunner(int memory, int stall) {

    private static final int LOOK_MILLISECONDS = 200;
    private static final int LAST_LINES = 5;
    private static final int FREE_SECONDS = 15;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    TrialRunner {
        if (memory < 256 || stall < 1) {
            throw new IllegalArgumentException("a trial needs at least 256 MiB and 1 second without a step, got memory "
                    + memory + " and stall " + stall);
        }
    }

    /**
     * Runs it to its end.
     *
     * @return why it failed; empty when the run has ended or was cancelled
     */
    Optional<String> run(RunFolder folder, Cancel cancel) throws IOException, InterruptedException {
        awaitFree(folder);
        Process process = new ProcessBuilder(command(folder))
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile())
                .start();
        try {
            Optional<String> reason = watch(process, folder, cancel);
            if (reason.isPresent() || cancel.isAsked()) {
                return cancel.isAsked() ? Optional.empty() : reason;
            }
            return process.exitValue() == 0 && folder.isFinished()
                    ? Optional.empty()
                    : Optional.of("it ended with exit code " + process.exitValue());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Optional<String> watch(Process process, RunFolder folder, Cancel cancel)
            throws IOException, InterruptedException {
        long steps = -1;
        long since = System.nanoTime();
        while (!process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
            if (cancel.isAsked()) {
                return Optional.empty();
            }
            long size = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
            if (size != steps) {
                steps = size;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(stall)) {
                return Optional.of("it made no step for " + stall + " s and was ended");
            }
            if (residentMiB(process) > memory) {
                return Optional.of("it held more than " + memory + " MiB and was ended");
            }
        }
        return Optional.empty();
    }

    private static long residentMiB(Process process) {
        try {
            Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return found.find() ? Long.parseLong(found.group(1)) / 1024 : 0;
        } catch (IOException e) {
            return 0; // it has just ended, or there is no /proc
        }
    }

    /** A trial of a sweep that was killed needs a moment to notice it. */
    private static void awaitFree(RunFolder folder) throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            FileChannel lock;
            try {
                lock = folder.lock();
            } catch (IllegalStateException e) {
                if (i == FREE_SECONDS * 1000 / LOOK_MILLISECONDS) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLISECONDS);
                continue;
            }
            lock.close();
            return;
        }
    }

    private List<String> command(RunFolder folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // one core per trial: no threads for garbage, little for compiling
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + memory + "m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true"));
        command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Djava.awt.headless=true"));
        // in a notebook the class path of the process is the kernel alone
        String classPath = System.getProperty("spd.lib", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, Trial.class.getName()));
        command.add(folder.path().toAbsolutePath().toString());
        return command;
    }

    private static Path log(RunFolder folder) {
        return folder.path().resolve("trial.log");
    }

    /** The last lines that the process of a trial wrote. */
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

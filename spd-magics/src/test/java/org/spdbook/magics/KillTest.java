package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.magics.front.Terminal;

/** A training process is ended by force at random steps; {@code resume} must end where an undisturbed run ends. */
class KillTest {

    private static final List<String> TRAIN =
            List.of("train", "emoji", "--epochs", "2", "--checkpoint-every", "3", "--optimizer", "adam-spd");
    private static final PrintStream SILENT =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    private static final int STEPS = 32;

    @TempDir
    private Path folder;

    @Test
    void should_end_with_the_same_bytes_when_killed_three_times() throws Exception {
        killed(3, 1);
    }

    @Test
    @Tag("slow")
    void should_end_with_the_same_bytes_when_killed_twenty_times() throws Exception {
        for (int seed = 2; seed < 6; seed++) {
            killed(5, seed);
        }
    }

    private void killed(int kills, long seed) throws Exception {
        RunFolder whole = undisturbed(folder.resolve("whole" + seed));
        var store = new RunStore(folder.resolve("killed" + seed));
        Random random = new Random(seed);
        int earliest = 0;
        List<String> words = TRAIN;
        for (int kill = 0; kill < kills; kill++) {
            int last = STEPS * (kill + 1) / kills - 1;
            int step = earliest + random.nextInt(Math.max(1, last - earliest));
            Process process = start(store.root(), words);
            killAtStep(process, store, step, random.nextInt(20));
            RunFolder run = store.list().get(0);
            assertThat(run.result()).as("killed before the end").doesNotExist();
            words = List.of("resume", run.id());
            earliest = Math.min(last, step + 1);
        }
        Process process = start(store.root(), words);
        assertThat(process.waitFor()).isZero();
        RunFolder run = store.list().get(0);
        assertThat(store.list()).hasSize(1);
        assertThat(run.model()).hasSameBinaryContentAs(whole.model());
        assertThat(run.log()).hasSameTextualContentAs(whole.log());
        assertThat(run.load().scores()).isEqualTo(whole.load().scores());
        run.verifyModel();
    }

    private static RunFolder undisturbed(Path root) throws IOException {
        var store = new RunStore(root);
        assertThat(Spd.run(new Terminal(InputStream.nullInputStream(), SILENT, SILENT, store), TRAIN))
                .isZero();
        return store.list().get(0);
    }

    /** Ends the process by force a few milliseconds after its log has reached a step. */
    private static void killAtStep(Process process, RunStore store, int step, int milliseconds) throws Exception {
        while (logged(store) < step) {
            assertThat(process.waitFor(1, TimeUnit.MILLISECONDS))
                    .as("ended by itself before step " + step)
                    .isFalse();
        }
        process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        assertThat(process.exitValue()).isNotZero();
    }

    private static int logged(RunStore store) throws IOException {
        List<RunFolder> runs = store.list();
        if (runs.isEmpty()) {
            return -1;
        }
        Path log = runs.get(0).log();
        return Files.exists(log) ? Files.readAllLines(log).size() - 1 : -1;
    }

    static Process start(Path root, List<String> words) throws IOException {
        return builder(root, words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The command line in a process of its own; its messages are dropped. */
    static ProcessBuilder builder(Path root, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Spd.class.getName()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SPD_RUNS", root.toString());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}

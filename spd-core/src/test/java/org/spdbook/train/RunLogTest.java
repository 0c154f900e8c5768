package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.optim.TensorReport;

class RunLogTest {

    @TempDir
    private Path folder;

    private static LogEntry entry(int step) {
        return new LogEntry(
                step,
                1.0 / step,
                1e-3 / 3,
                List.of(new TensorReport(-0.1 * step, true, 0.5), TensorReport.NONE),
                List.of(3.0, 4.0));
    }

    private Path written(int steps) throws IOException {
        Path file = folder.resolve("log.jsonl");
        try (RunLog log = RunLog.open(file, List.of("a", "b"), 0)) {
            for (int step = 1; step <= steps; step++) {
                log.add(entry(step));
            }
        }
        return file;
    }

    @Test
    void should_give_every_number_back_when_read() throws IOException {
        History history = RunLog.read(written(3));

        assertThat(history.tensors()).containsExactly("a", "b");
        assertThat(history.entries()).containsExactly(entry(1), entry(2), entry(3));
        assertThat(history.entries().get(0).deviation()).isEqualTo(5);
        assertThat(history.entries().get(0).selected()).isEqualTo(0.5);
    }

    @Test
    void should_drop_later_and_broken_lines_when_going_on_after_a_step() throws IOException {
        Path file = written(5);
        byte[] whole = Files.readAllBytes(file);
        Files.writeString(file, "{\"step\":6,\"lo", StandardOpenOption.APPEND);
        assertThat(RunLog.read(file).entries()).hasSize(5);
        try (RunLog log = RunLog.open(file, List.of("a", "b"), 3)) {
            log.add(entry(4));
            log.add(entry(5));
        }

        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void should_refuse_when_steps_before_the_checkpoint_are_missing() throws IOException {
        Path file = written(2);

        assertThatIOException()
                .isThrownBy(() -> RunLog.open(file, List.of("a", "b"), 3))
                .withMessageContaining("holds 2 of the first 3 steps");
    }

    @Test
    void should_write_null_when_a_number_is_not_finite() throws IOException {
        Path file = folder.resolve("log.jsonl");
        try (RunLog log = RunLog.open(file, List.of("a"), 0)) {
            log.add(new LogEntry(1, 2, 3, List.of(new TensorReport(Double.NaN, true, 0)), List.of(1.0)));
        }

        assertThat(Files.readString(file)).contains("[null,1,0.0]");
        assertThat(RunLog.read(file).entries().get(0).reports().get(0).condition())
                .isNaN();
    }
}

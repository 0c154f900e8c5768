package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    private Path folder;

    private Path file;
    private LogTail tail;

    @BeforeEach
    void begin() {
        file = folder.resolve("log.jsonl");
        tail = new LogTail(file);
    }

    private static LogEntry entry(int step) {
        return new LogEntry(step, 1.0 / step, 1e-3, List.of(), List.of());
    }

    private void write(int after, int to) throws IOException {
        try (RunLog log = RunLog.open(file, List.of("a"), after)) {
            for (int step = after + 1; step <= to; step++) {
                log.add(entry(step));
            }
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private List<Integer> next() throws IOException {
        return tail.next().stream().map(LogEntry::step).toList();
    }

    @Test
    void should_give_each_step_once_when_lines_come() throws IOException {
        assertThat(next()).isEmpty();
        write(0, 0);
        assertThat(next()).isEmpty();
        write(0, 3);
        assertThat(tail.next()).containsExactly(entry(1), entry(2), entry(3));
        assertThat(next()).isEmpty();
    }

    @Test
    void should_wait_for_the_rest_when_a_line_is_there_in_part() throws IOException {
        write(0, 1);
        append("{\"step\":2,\"lo");
        assertThat(next()).containsExactly(1);
        append("ss\":0.5,\"lr\":0.001}");
        assertThat(next()).as("no end of line yet").isEmpty();
        append("\n{");
        assertThat(tail.next()).containsExactly(entry(2));
    }

    @Test
    void should_leave_out_what_was_seen_when_the_run_goes_on_after_a_checkpoint() throws IOException {
        write(0, 5);
        assertThat(next()).hasSize(5);
        write(2, 4);
        assertThat(next()).isEmpty();
        write(4, 7);
        assertThat(next()).containsExactly(6, 7);
    }

    @Test
    void should_read_on_when_a_line_is_longer_than_a_block() throws IOException {
        write(0, 1);
        String numbers = "1.25,".repeat(300_000);
        append("{\"step\":2,\"loss\":0.5,\"lr\":0.001,\"deviation\":[" + numbers + "1.25]}\n");
        append("{\"step\":3,\"loss\":0.25,\"lr\":0.001}\n");

        List<LogEntry> entries = tail.next();

        assertThat(entries).extracting(LogEntry::step).containsExactly(1, 2, 3);
        assertThat(entries.get(1).deviations()).hasSize(300_001);
    }
}

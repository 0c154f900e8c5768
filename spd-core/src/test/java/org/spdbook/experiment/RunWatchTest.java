package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.train.Cancel;
import org.spdbook.train.LogEntry;
import org.spdbook.train.Progress;
import org.spdbook.train.RunLog;

/** What happens while the watch pauses is scripted; no time passes. */
class RunWatchTest {

    @TempDir
    private Path path;

    private final List<String> told = new ArrayList<>();
    private final Cancel leave = new Cancel();
    private final Deque<Happening> script = new ArrayDeque<>();
    private RunFolder folder;
    private RunHold hold;
    private RunLog log;

    private interface Happening {
        void happen() throws IOException;
    }

    private final Progress progress = new Progress() {
        @Override
        public void begin(String id, int done, int steps) {
            told.add("begin " + done + " of " + steps);
        }

        @Override
        public void step(int step, int steps, double loss) {
            told.add(step + " of " + steps + " " + loss);
        }

        @Override
        public void skipped(Set<String> sentences) {
            told.add("skipped " + sentences);
        }
    };

    @BeforeEach
    void open() throws IOException {
        folder = new RunFolder(path);
        hold = RunHold.of(folder);
    }

    private RunState follow() throws Exception {
        return new RunWatch(folder, progress, leave, this::pass).follow();
    }

    private void pass() {
        try {
            script.remove().happen();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void begin(int steps) throws IOException {
        hold.begin(0, steps);
        log = RunLog.open(folder.log(), List.of("a"), 0);
    }

    private void step(int step) throws IOException {
        log.add(new LogEntry(step, 0.5 * step, 1e-3, List.of(), List.of()));
    }

    private void end() throws IOException {
        log.close();
        Files.writeString(folder.result(), "{}");
        Files.writeString(folder.skipped(), "picture a.jpg is empty\n");
        hold.done();
        hold.close();
    }

    @Test
    void should_tell_all_steps_when_it_sees_a_run_from_its_beginning() throws Exception {
        script.add(() -> begin(3));
        script.add(() -> step(1));
        script.add(() -> {
            step(2);
            step(3);
            end();
        });

        assertThat(follow()).isEqualTo(RunState.ENDED);
        assertThat(told)
                .containsExactly(
                        "begin 0 of 3", "1 of 3 0.5", "2 of 3 1.0", "3 of 3 1.5", "skipped [picture a.jpg is empty]");
    }

    @Test
    void should_tell_what_was_before_when_it_comes_later() throws Exception {
        begin(3);
        step(1);
        step(2);
        script.add(() -> {
            step(3);
            end();
        });

        assertThat(follow()).isEqualTo(RunState.ENDED);
        assertThat(told.subList(0, 4)).containsExactly("begin 2 of 3", "1 of 3 0.5", "2 of 3 1.0", "3 of 3 1.5");
    }

    @Test
    void should_tell_all_steps_when_the_run_ends_between_two_looks() throws Exception {
        script.add(() -> {
            begin(2);
            step(1);
            step(2);
            end();
        });

        assertThat(follow()).isEqualTo(RunState.ENDED);
        assertThat(told.subList(0, 3)).containsExactly("begin 2 of 2", "1 of 2 0.5", "2 of 2 1.0");
    }

    @Test
    void should_leave_the_run_alone_when_asked_to_leave() throws Exception {
        begin(2);
        step(1);
        script.add(leave::ask);

        assertThat(follow()).isEqualTo(RunState.RUNNING);
        assertThat(RunState.of(folder)).isEqualTo(RunState.RUNNING);
        assertThat(told).containsExactly("begin 1 of 2", "1 of 2 0.5");
        log.close();
        hold.close();
    }

    @Test
    void should_say_that_it_died_when_the_lock_is_free_and_there_is_no_result() throws Exception {
        begin(2);
        script.add(() -> {
            step(1);
            log.close();
            hold.close();
        });

        assertThat(follow()).isEqualTo(RunState.DIED);
        assertThat(told).containsExactly("begin 0 of 2", "1 of 2 0.5");
    }
}

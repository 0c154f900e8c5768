package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.train.Cancel;

class RunStateTest {

    @TempDir
    private Path path;

    private RunFolder folder;

    @BeforeEach
    void open() {
        folder = new RunFolder(path);
    }

    private static RunProcess another(boolean starting) {
        RunProcess here = RunProcess.here();
        return new RunProcess(
                here.pid(), here.started() - 60_000, starting, 0, 0, null); // its number was given away again
    }

    @Test
    void should_be_running_when_the_lock_is_held() throws IOException {
        assertThat(RunState.of(folder)).isEqualTo(RunState.STOPPED);
        try (RunHold hold = RunHold.of(folder)) {
            assertThat(RunState.of(folder)).isEqualTo(RunState.RUNNING);
            hold.begin(3, 16);
            RunProcess noted = RunProcess.read(folder).orElseThrow();
            assertThat(noted.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(noted.done()).isEqualTo(3);
            assertThat(noted.steps()).isEqualTo(16);
            assertThatIllegalStateException()
                    .isThrownBy(() -> RunHold.of(folder))
                    .withMessageContaining("see it with: spd attach");
            assertThat(RunState.of(folder)).as("looking does not free it").isEqualTo(RunState.RUNNING);
            hold.done();
        }
        assertThat(RunState.of(folder)).isEqualTo(RunState.STOPPED);
        RunHold.of(folder).close();
    }

    @Test
    void should_have_ended_when_there_is_a_result() throws IOException {
        RunHold.of(folder).close();
        Files.writeString(folder.result(), "{}");

        assertThat(RunState.of(folder)).isEqualTo(RunState.ENDED);
    }

    @Test
    void should_have_failed_when_it_says_why() throws IOException {
        try (RunHold hold = RunHold.of(folder)) {
            hold.failed(new IllegalStateException("the loss is NaN"));
        }

        assertThat(RunState.of(folder)).isEqualTo(RunState.FAILED);
        assertThat(RunProcess.read(folder).orElseThrow().failure()).isEqualTo("the loss is NaN");
    }

    @Test
    void should_have_died_when_its_process_is_gone() throws IOException {
        RunHold.of(folder).close(); // as a kill leaves it: the note is there, the lock is free
        assertThat(RunState.of(folder)).isEqualTo(RunState.DIED);

        RunProcess.of(ProcessHandle.current()).write(folder);
        assertThat(RunState.of(folder)).as("about to take the lock").isEqualTo(RunState.RUNNING);
        another(true).write(folder);
        assertThat(RunState.of(folder)).as("another process of its number").isEqualTo(RunState.DIED);
    }

    @Test
    void should_be_asked_to_stop_when_the_request_is_for_this_process() throws IOException {
        var cancel = new Cancel();
        RunHold hold = RunHold.of(folder);
        try (hold) {
            hold.look(cancel);
            assertThat(cancel.isAsked()).isFalse();
            RunProcess here = RunProcess.here();
            StopRequest.ask(folder, new RunProcess(here.pid() + 1, 0, false, 0, 0, null));
            hold.look(cancel);
            assertThat(cancel.isAsked()).as("left by one that died").isFalse();
            StopRequest.ask(folder, here);
            hold.look(cancel);
            assertThat(cancel.isAsked()).isTrue();
        }
        assertThat(StopRequest.isFor(folder, RunProcess.here())).isFalse();
    }

    @Test
    void should_say_so_when_the_note_is_damaged() throws IOException {
        for (String damaged : List.of("{\"pid\":", "[]", "{\"pid\":12}", "")) {
            Files.writeString(path.resolve("process.json"), damaged);

            assertThatIOException().isThrownBy(() -> RunState.of(folder)).withMessageContaining("it has been damaged");
        }
    }
}

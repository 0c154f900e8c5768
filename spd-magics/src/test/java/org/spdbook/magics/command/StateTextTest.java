package org.spdbook.magics.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunProcess;
import org.spdbook.experiment.RunState;

class StateTextTest {

    @TempDir
    private Path folder;

    private RunFolder run;

    @BeforeEach
    void open() throws IOException {
        run = new RunFolder(Files.createDirectory(folder.resolve("emoji-noto-x")));
        Files.writeString(
                run.log(),
                "{\"tensors\":[\"a\"]}\n{\"step\":1,\"loss\":2.5,\"lr\":1e-3}\n{\"step\":2,\"loss\":2,\"lr\":1e-3}\n");
    }

    private void note(String failure) throws IOException {
        RunProcess here = RunProcess.of(ProcessHandle.current());
        new RunProcess(here.pid(), here.started(), false, 0, 16, failure).write(run);
    }

    @Test
    void should_tell_how_it_goes_on_when_it_does_not_run() throws IOException {
        assertThat(StateText.of(run).cell()).isEqualTo("stopped after step 2");
        assertThat(StateText.of(run).sentence())
                .isEqualTo("run emoji-noto-x is stopped after step 2; go on with: spd resume emoji-noto-x");
        note("the loss is NaN at step 3");
        assertThat(StateText.of(run).cell()).isEqualTo("failed after step 2");
        assertThat(StateText.of(run).sentence())
                .isEqualTo("run emoji-noto-x failed after step 2: the loss is NaN at step 3; try again from its newest"
                        + " checkpoint with: spd resume emoji-noto-x");
    }

    @Test
    void should_tell_the_last_lines_when_its_process_died() throws IOException {
        note(null);
        assertThat(StateText.of(run).state()).isEqualTo(RunState.DIED);
        assertThat(StateText.of(run).lastLines()).isEmpty();
        Files.writeString(run.printed(), "1\n2\n3\n4\n5\n\nthe native part has died\n");

        assertThat(StateText.of(run).lastLines()).containsExactly("2", "3", "4", "5", "the native part has died");
        assertThat(StateText.of(run).sentence())
                .isEqualTo("the process of run emoji-noto-x died after step 2; go on with: spd resume emoji-noto-x");
    }

    @Test
    void should_tell_its_step_when_it_runs() throws IOException {
        note(null);
        try (var lock = run.lock()) {
            assertThat(lock).isNotNull();
            assertThat(StateText.of(run).cell()).isEqualTo("running, step 2 of 16");
            assertThat(StateText.of(run).sentence()).contains("spd attach emoji-noto-x", "spd stop emoji-noto-x");
        }
    }
}

package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunProcess;
import org.spdbook.experiment.RunState;
import org.spdbook.experiment.RunStore;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.MagicException;

/** Runs in real processes of their own. */
class DetachTest {

    @TempDir
    private Path folder;

    private final FakeSession session = new FakeSession();
    private RunStore store;
    private SpdMagic magic;

    @BeforeEach
    void open() {
        store = new RunStore(folder.resolve("runs"));
        magic = new SpdMagic(store);
    }

    @AfterEach
    void leaveNoProcess() throws IOException {
        for (RunFolder run : store.list()) {
            process(run).ifPresent(DetachTest::kill);
        }
    }

    private static Optional<ProcessHandle> process(RunFolder run) throws IOException {
        return RunProcess.read(run).map(RunProcess::pid).flatMap(ProcessHandle::of);
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private Object spd(String words) throws Exception {
        return magic.run(session.call(words));
    }

    private RunFolder detached(String words) throws Exception {
        String said = ((DisplayBundle) spd(words + " --detach")).plain();
        List<RunFolder> all = store.list();
        assertThat(all).hasSize(1);
        assertThat(said)
                .contains(
                        "spd attach " + all.get(0).id(),
                        "spd stop " + all.get(0).id());
        return all.get(0);
    }

    private Run whole(String words) throws Exception {
        var other = new RunStore(folder.resolve("whole"));
        new SpdMagic(other).run(session.call(words + " --as whole"));
        return (Run) session.variables.get("whole");
    }

    private static void awaitStep(RunFolder run, int step) throws Exception {
        while (run.history().entries().size() < step) {
            assertThat(RunState.of(run)).isEqualTo(RunState.RUNNING);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void should_give_the_result_of_an_attached_run_when_detached() throws Exception {
        RunFolder run = detached("train emoji --epochs 1");
        assertThat(RunState.of(run)).isEqualTo(RunState.RUNNING);
        assertThat(((Grid) spd("runs")).toText()).contains("running, opening model and data");
        Path said = folder.resolve("said.txt");
        Process watching = KillTest.builder(store.root(), List.of("attach", run.id(), "--json"))
                .redirectOutput(said.toFile())
                .start();

        Grid grid = (Grid) spd("attach " + run.id() + " --as here");

        assertThat(grid.toText()).contains("noto (ID)", "OOD mean");
        List<DisplayBundle> bar = session.displays.get(0);
        assertThat(bar.get(bar.size() - 1).plain()).startsWith("step 16 of 16, 100 %");
        assertThat(session.displays.get(1).get(0).data()).containsKey("image/svg+xml");
        Run here = (Run) session.variables.get("here");
        Run whole = whole("train emoji --epochs 1");
        assertThat(here.losses()).hasSize(16).isEqualTo(whole.losses());
        assertThat(here.scores()).isEqualTo(whole.scores());
        assertThat(run.model()).hasSameBinaryContentAs(folder.resolve("whole/" + run.id() + "/model.safetensors"));
        assertThat(Files.readString(run.printed())).contains("step 16 of 16", "OOD mean");
        assertThat(watching.waitFor()).isZero();
        assertThat(said).content().contains("\"scores\"", run.key());
        assertThat(RunProcess.read(run)).isEmpty();
        assertThat(((Grid) spd("attach " + run.id())).toText()).isEqualTo(grid.toText());
    }

    @Test
    void should_end_with_the_same_bytes_when_stopped_left_killed_and_resumed() throws Exception {
        RunFolder run = detached("train emoji --epochs 3");
        ProcessHandle first = process(run).orElseThrow();
        assertThat(((DisplayBundle) spd("stop " + run.id())).plain())
                .as("asked before it had opened its model")
                .isEqualTo("run " + run.id() + " is stopped after step 0; go on with: spd resume " + run.id());
        first.onExit().join();
        assertThat(((Grid) spd("runs")).toText()).contains("stopped after step 0");
        assertThatThrownBy(() -> spd("attach " + run.id()))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining("is stopped after step 0; go on with: spd resume " + run.id());
        assertThatThrownBy(() -> spd("stop " + run.id())).hasMessageContaining("there is nothing to stop");

        spd("resume " + run.id() + " --checkpoint-every 3 --detach");
        assertThatThrownBy(() -> spd("resume " + run.id() + " --detach")).hasMessageContaining("goes on; see it with");
        ProcessHandle second = process(run).orElseThrow();
        awaitStep(run, 4);
        session.interruptAtFirstStep = true;
        assertThatThrownBy(() -> spd("attach " + run.id()))
                .isInstanceOf(MagicException.class)
                .hasMessageStartingWith("run " + run.id() + " goes on; see it with: spd attach " + run.id());
        assertOwnSession(second.pid());
        kill(second);
        assertThat(run.result()).as("killed before the end").doesNotExist();
        assertThat(run.state()).exists();
        assertThat(((Grid) spd("runs")).toText()).contains("died after step");
        assertThatThrownBy(() -> spd("attach " + run.id()))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining("the process of run " + run.id() + " died after step")
                .hasMessageEndingWith("go on with: spd resume " + run.id());

        session.interruptAtFirstStep = false;
        spd("resume " + run.id() + " --as here");
        Run whole = whole("train emoji --epochs 3");
        assertThat(((Run) session.variables.get("here")).history()).isEqualTo(whole.history());
        assertThat(run.model()).hasSameBinaryContentAs(folder.resolve("whole/" + run.id() + "/model.safetensors"));
    }

    /** Signals to the processes of a kernel or a terminal must not reach it. */
    private static void assertOwnSession(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (Files.exists(stat)) {
            String[] facts = Files.readString(stat).replaceFirst(".*\\) ", "").split(" ");
            assertThat(facts[3]).as("session").isEqualTo(Long.toString(pid));
            assertThat(facts[2]).as("group").isEqualTo(Long.toString(pid));
        }
    }

    @Test
    void should_leave_nothing_when_the_run_could_not_begin() {
        assertThatThrownBy(() -> spd("train emojis --detach")).hasMessageContaining("did you mean emoji?");
        assertThatThrownBy(() -> spd("train emoji --detach --as x"))
                .hasMessageContaining("bind it with: spd attach RUN --as x");
        assertThatThrownBy(() -> spd("train domainnet --profile paper --detach"))
                .isInstanceOf(MagicException.class);
        assertThat(store.root()).doesNotExist();
    }
}

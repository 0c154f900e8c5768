package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.SpecWords;
import org.spdbook.experiment.sweep.Sweep;
import org.spdbook.experiment.sweep.SweepGrid;
import org.spdbook.train.Cancel;

class SweepTest {

    private static final Sweep.Limits LIMITS = new Sweep.Limits(2, 900, 60);

    @TempDir
    private Path folder;

    private static List<Plan> plans(String... words) {
        return SweepGrid.parse("emoji", List.of(words)).plans();
    }

    private static Sweep.Outcome run(RunStore store, Sweep.Limits limits, List<Plan> plans) throws IOException {
        return new Sweep("test", plans, store, limits).run(message -> {}, new Cancel());
    }

    @Test
    void should_leave_out_an_option_when_an_optimizer_lacks_it() {
        List<Plan> plans = plans("optimizer=adamw,adam-spd", "lambda=1,2", "seed=0..1");

        assertThat(plans)
                .extracting(plan -> SpecWords.value(plan.spec(), "optimizer") + " "
                        + SpecWords.value(plan.spec(), "lambda") + " " + SpecWords.value(plan.spec(), "seed"))
                .containsExactly(
                        "adamw - 0", "adamw - 1", "adam-spd 1 0", "adam-spd 1 1", "adam-spd 2 0", "adam-spd 2 1");
    }

    @Test
    void should_say_what_is_wrong_when_a_grid_cannot_be_read() {
        assertThatThrownBy(() -> plans("lr")).hasMessageContaining("lr=3e-4,1e-3");
        assertThatThrownBy(() -> plans("lr=1e-3", "lr=1e-4")).hasMessageContaining("comes twice");
        assertThatThrownBy(() -> plans("lr=fast")).hasMessageContaining("lr must be a number");
        assertThatThrownBy(() -> plans("lambada=1")).hasMessageContaining("did you mean lambda");
        assertThatThrownBy(() -> plans("optimizer=adamw", "lambda=1")).hasMessageContaining("has no lambda");
        assertThatThrownBy(() -> plans("on=nato")).hasMessageContaining("did you mean noto");
    }

    @Test
    void should_go_on_with_the_others_when_trials_crash_hang_and_eat_memory() throws Exception {
        List<Plan> plans = new ArrayList<>(plans("optimizer=misbehaving", "mode=crash,hang,eat"));
        plans.addAll(plans("optimizer=adam-spd", "epochs=1"));
        var store = new RunStore(folder);

        Sweep.Outcome outcome = run(store, new Sweep.Limits(2, 900, 20), plans);

        assertThat(outcome.runs())
                .singleElement()
                .matches(run -> run.spec().optimizer().equals("adam-spd"));
        assertThat(outcome.failures()).hasSize(3);
        assertThat(outcome.failures().get(0).reason()).isEqualTo("it ended with exit code 134");
        assertThat(outcome.failures().get(0).lastLines()).contains("the native part has died");
        assertThat(outcome.failures().get(1).reason()).isEqualTo("it made no step for 20 s and was ended");
        assertThat(outcome.failures().get(2).reason()).isEqualTo("it held more than 900 MiB and was ended");
        assertThat(Files.readAllLines(folder.resolve("sweeps/test.jsonl")))
                .filteredOn(line -> line.contains("\"event\":\"failed\""))
                .hasSize(3);
    }

    @Tag("slow")
    @Test
    void should_give_the_same_bytes_when_a_process_was_used_before() throws Exception {
        List<Plan> after = plans("optimizer=adam-spd", "lr=3e-3", "epochs=1");
        List<Plan> plans = new ArrayList<>(plans("optimizer=adamw", "epochs=1"));
        plans.addAll(plans("optimizer=misbehaving"));
        plans.addAll(plans("optimizer=l2sp", "epochs=1"));
        plans.addAll(after);
        var one = new Sweep.Limits(1, 900, 60);

        Sweep.Outcome used = run(new RunStore(folder.resolve("used")), one, plans);
        Sweep.Outcome fresh = run(new RunStore(folder.resolve("fresh")), one, after);

        assertThat(used.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo("it ended with exit code 134");
            assertThat(failure.lastLines()).contains("the native part has died"); // it was tried again in a fresh one
        });
        assertThat(used.runs()).hasSize(3);
        String id = fresh.runs().get(0).name();
        assertThat(folder.resolve("used/" + id + "/trial.log")).doesNotExist();
        for (String file : List.of("model.safetensors", "log.jsonl")) {
            assertThat(folder.resolve("used/" + id + "/" + file))
                    .hasSameBinaryContentAs(folder.resolve("fresh/" + id + "/" + file));
        }
    }

    @Test
    void should_compute_nothing_when_the_store_has_it() throws Exception {
        var store = new RunStore(folder);
        List<Plan> plans = plans("lr=1e-3,1e-2", "epochs=1");
        Sweep.Outcome first = run(store, LIMITS, plans);

        Sweep.Outcome second = run(store, LIMITS, plans);

        assertThat(first.reused()).isZero();
        assertThat(second.reused()).isEqualTo(2);
        assertThat(second.runs()).isEqualTo(first.runs());
        assertThat(store.list()).hasSize(2);
    }

    @Test
    @Tag("slow")
    void should_end_with_the_same_bytes_when_the_sweep_was_killed_twice() throws Exception {
        List<String> words = List.of("optimizer=adamw,adam-spd", "lr=3e-4,1e-3,3e-3", "seed=0..3", "epochs=2");
        List<Plan> plans = SweepGrid.parse("emoji", words).plans();
        assertThat(plans).hasSize(24);
        var store = new RunStore(folder.resolve("killed"));
        for (int ended : new int[] {4, 13}) {
            Process process = start(store.root(), words);
            while (count(store) < ended) {
                assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                        .as("ended by itself")
                        .isFalse();
            }
            process.destroyForcibly().waitFor();
        }
        assertThat(count(store)).isLessThan(24);

        Sweep.Outcome resumed = run(store, LIMITS, plans);
        var whole = new RunStore(folder.resolve("whole"));
        Sweep.Outcome undisturbed = run(whole, LIMITS, plans);

        assertThat(resumed.failures()).isEmpty();
        assertThat(resumed.runs())
                .extracting(Run::name)
                .isEqualTo(undisturbed.runs().stream().map(Run::name).toList());
        assertThat(store.list()).hasSize(24);
        for (Run run : undisturbed.runs()) {
            assertThat(store.find(run.name()).model())
                    .hasSameBinaryContentAs(whole.find(run.name()).model());
            assertThat(store.find(run.name()).log())
                    .hasSameBinaryContentAs(whole.find(run.name()).log());
        }
    }

    private static int count(RunStore store) throws IOException {
        return (int) store.list().stream().filter(RunFolder::isFinished).count();
    }

    private static Process start(Path root, List<String> axes) throws IOException {
        List<String> words = new ArrayList<>(List.of("sweep", "emoji", "--jobs", "2"));
        words.addAll(axes);
        return KillTest.start(root, words);
    }
}

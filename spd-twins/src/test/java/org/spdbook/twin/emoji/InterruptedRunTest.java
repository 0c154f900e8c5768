package org.spdbook.twin.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.experiment.CancelledRunException;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.torch.Torch;
import org.spdbook.train.Cancel;
import org.spdbook.train.Checkpoint;
import org.spdbook.train.Progress;
import org.spdbook.weights.Safetensors;

/** Runs that are computed in special ways, stopped at a step and gone on with, end with the bytes of undisturbed ones. */
class InterruptedRunTest {

    private static final String TENSOR = "v.blocks.0.f1.weight";

    @TempDir
    private static Path shared;

    private static RunFolder plain;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trained() throws IOException {
        plain = whole(shared, plan());
    }

    private static Plan plan(String... words) {
        Map<String, String> settings = new HashMap<>(Map.of("epochs", "1"));
        for (int i = 0; i < words.length; i += 2) {
            settings.put(words[i], words[i + 1]);
        }
        return Plan.of(new ExperimentSpec(
                "emoji", ExperimentSpec.TWIN, "noto", "adam-spd", 1e-3, 0, Map.of("selection", "always"), settings));
    }

    private RunFolder whole(Plan plan) throws IOException {
        return whole(folder.resolve("whole"), plan);
    }

    private static RunFolder whole(Path root, Plan plan) throws IOException {
        var store = new RunStore(root);
        Run run = Experiment.train(plan, store, Recording.defaults(), Progress.SILENT, new Cancel());
        return store.find(run.name());
    }

    private RunFolder interrupted(Plan plan) throws IOException {
        var store = new RunStore(folder.resolve("interrupted"));
        var cancel = new Cancel();
        Progress stop = (step, steps, loss) -> {
            if (step == 5) {
                cancel.ask();
            }
        };
        assertThatThrownBy(() -> Experiment.train(plan, store, Recording.defaults(), stop, cancel))
                .isInstanceOf(CancelledRunException.class);
        RunFolder stopped = store.list().get(0);
        Experiment.resume(stopped, Recording.defaults(), Progress.SILENT, new Cancel());
        return stopped;
    }

    private static float[] tensor(Path model) throws IOException {
        try (NDManager manager = Torch.newManager();
                Safetensors in = Safetensors.open(model)) {
            return in.load(manager, TENSOR).toFloatArray();
        }
    }

    @Test
    void should_test_and_store_the_average_and_go_on_with_it() throws IOException {
        RunFolder whole = whole(plan("average", "0.9"));

        assertThat(interrupted(plan("average", "0.9")).model()).hasSameBinaryContentAs(whole.model());
        assertThat(whole.load().history()).isEqualTo(plain.load().history());
        assertThat(Experiment.evaluate(whole, java.util.List.of()))
                .isEqualTo(whole.load().scores());
        assertThat(whole.load().deviation()).isLessThan(.8 * plain.load().deviation());
        try (NDManager manager = Torch.newManager()) {
            Checkpoint.Content last = Checkpoint.read(whole.state(), manager);
            assertThat(last.weights().get(TENSOR).toFloatArray()).isEqualTo(tensor(plain.model()));
            assertThat(last.averages().get(TENSOR).toFloatArray()).isEqualTo(tensor(whole.model()));
            assertThat(Checkpoint.read(plain.state(), manager).averages()).isEmpty();
        }
        assertThat(plain.key()).isEqualTo(plan("average", "0").key()).isNotEqualTo(whole.key());
    }

    @Test
    void should_go_on_with_parts_of_batches_and_learn_as_with_whole_ones() throws IOException {
        RunFolder parts = whole(plan("accumulate", "4"));

        assertThat(interrupted(plan("accumulate", "4")).model()).hasSameBinaryContentAs(parts.model());
        Run whole = plain.load();
        for (int step = 0; step < 16; step++) {
            assertThat(parts.load().losses().get(step)).isCloseTo(whole.losses().get(step), within(1e-3));
        }
    }

    @Test
    void should_end_with_the_weights_of_a_plain_run_when_blocks_are_recomputed() throws IOException {
        RunFolder recomputed = whole(plan("recompute", "true"));

        assertThat(recomputed.load().losses()).isEqualTo(plain.load().losses());
        assertThat(tensor(recomputed.model())).isEqualTo(tensor(plain.model()));
        assertThat(plain.key()).isEqualTo(plan("recompute", "false").key()).isNotEqualTo(recomputed.key());
    }

    @Test
    void should_go_on_bit_by_bit_when_layers_compute_in_bfloat16() throws IOException {
        RunFolder rounded = whole(plan("precision", "bf16"));

        assertThat(interrupted(plan("precision", "bf16")).model()).hasSameBinaryContentAs(rounded.model());
        Run full = plain.load();
        assertThat(rounded.load().losses()).isNotEqualTo(full.losses());
        for (int step = 0; step < 16; step++) {
            double expected = full.losses().get(step);
            assertThat(rounded.load().losses().get(step)).isCloseTo(expected, within(1e-2 * expected));
        }
        try (NDManager manager = Torch.newManager()) {
            Checkpoint.Content last = Checkpoint.read(rounded.state(), manager);
            assertThat(last.weights().values()).allMatch(one -> one.getDataType() == DataType.FLOAT32);
            assertThat(last.state().values()).allMatch(one -> one.getDataType() == DataType.FLOAT32);
        }
    }
}

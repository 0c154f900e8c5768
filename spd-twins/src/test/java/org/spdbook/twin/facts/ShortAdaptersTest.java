package org.spdbook.twin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.experiment.CancelledRunException;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Torch;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Safetensors;

/** Runs with LoRA of bfloat16 numbers. */
class ShortAdaptersTest {

    @TempDir
    private Path folder;

    /** One epoch, six steps. */
    private static Plan plan(String optimizer, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("epochs", "1", "adapter-precision", "bf16"));
        all.putAll(settings);
        return Plan.of(new ExperimentSpec("commonsense", ExperimentSpec.TWIN, "id", optimizer, 3e-3, 0, Map.of(), all));
    }

    private RunFolder stored(Plan plan) throws IOException {
        var store = new RunStore(folder);
        return store.find(Experiment.train(plan, store, Recording.defaults(), Progress.SILENT, new Cancel())
                .name());
    }

    private static Map<String, float[]> model(RunFolder run) throws IOException {
        Map<String, float[]> tensors = new TreeMap<>();
        try (Safetensors model = Safetensors.open(run.model())) {
            model.names().forEach(name -> tensors.put(name, model.floats(name)));
        }
        return tensors;
    }

    private static float[] rounded(float[] values) {
        try (NDManager manager = Torch.newManager()) {
            NDArray array = manager.create(values);
            Precision.BF16.round(array);
            return array.toFloatArray();
        }
    }

    @ParameterizedTest
    @CsvSource({"adamw, wise(0.3)", "adam-spd, shrink(4)"})
    void should_be_numbers_of_bfloat16_to_the_end_when_it_is_asked(String optimizer, String finish) throws IOException {
        RunFolder run = stored(plan(optimizer, Map.of("finish", finish)));

        Map<String, float[]> model = model(run);
        assertThat(model)
                .hasSize(20)
                .allSatisfy((name, values) -> assertThat(values).isEqualTo(rounded(values)));
        assertThat(Experiment.evaluate(run, List.of())).isEqualTo(run.load().scores());
    }

    @Test
    void should_begin_as_in_float32_but_for_rounding() {
        Plan plan = plan("adam", Map.of());
        Map<String, float[]> all = new HashMap<>();
        for (Plan each : List.of(plan, plan("adam", Map.of("adapter-precision", "float32")))) {
            try (OpenWorld open = each.world().open("id", 0)) {
                open.attach(
                        each.recipe().adapters(each.world()).orElseThrow(),
                        new Seeds(0).stream("fresh adapters", 0, 0));
                open.weights().forEach((name, array) -> {
                    if (each == plan) {
                        all.put(name, array.toFloatArray());
                    } else if (name.contains(".lora_")) {
                        assertThat(all.get(name)).isEqualTo(rounded(array.toFloatArray()));
                    }
                });
            }
        }
    }

    @Test
    void should_end_with_the_bytes_of_an_undisturbed_run_when_it_was_interrupted() throws IOException {
        Plan plan = plan("adam-spd", Map.of("finish", "wise(0.5)"));
        RunFolder whole = stored(plan);
        var store = new RunStore(folder.resolve("other"));
        var cancel = new Cancel();
        Progress stop = (step, steps, loss) -> {
            if (step == 3) {
                cancel.ask();
            }
        };
        assertThatThrownBy(() -> Experiment.train(plan, store, Recording.defaults(), stop, cancel))
                .isInstanceOf(CancelledRunException.class);
        RunFolder stopped = store.list().get(0);
        Experiment.resume(stopped, Recording.defaults(), Progress.SILENT, new Cancel());

        assertThat(stopped.model()).hasSameBinaryContentAs(whole.model());
    }

    @ParameterizedTest
    @ValueSource(strings = {"series", "parallel", "prefix", "all", "head"})
    void should_refuse_when_there_is_no_lora(String trained) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("adam", Map.of("trained", trained)))
                .withMessage("adapters of bf16 were asked for with trained=" + trained
                        + ", and LoRA alone has them; leave adapter-precision out, or take trained=lora");
    }

    @Test
    void should_refuse_when_the_optimizer_steps_in_float32_alone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("ftp", Map.of()))
                .withMessageStartingWith("Ftp takes steps in float32 alone");
    }

    @Test
    void should_be_told_only_when_it_is_not_usual() {
        assertThat(plan("adam", Map.of()).spec().settings()).containsEntry("adapter-precision", "bf16");
        assertThat(plan("adam", Map.of("adapter-precision", "float32")).spec().settings())
                .doesNotContainKey("adapter-precision");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("adam", Map.of("adapter-precision", "fp16")))
                .withMessageStartingWith("adapter-precision fp16 is not known; ");
    }
}

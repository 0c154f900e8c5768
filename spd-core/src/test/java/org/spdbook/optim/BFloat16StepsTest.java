package org.spdbook.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Torch;
import org.spdbook.train.Checkpoint;
import org.spdbook.weights.JsonFile;
import org.spdbook.weights.Safetensors;

/** Steps on tensors of bfloat16 numbers, equal to the last bit to PyTorch's on tensors of bfloat16: see the fixture's make.py. */
class BFloat16StepsTest {

    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/bf16-steps");

    private final NDManager manager = Torch.newManager();

    @TempDir
    private Path folder;

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    static Stream<String> cases() throws IOException {
        return settings().getAsJsonObject("cases").keySet().stream();
    }

    private static JsonObject settings() throws IOException {
        return JsonFile.read(FIXTURE.resolve("cases.json")).getAsJsonObject();
    }

    private static JsonObject settings(String name) throws IOException {
        return settings().getAsJsonObject("cases").getAsJsonObject(name);
    }

    private static UpdateRule rule(JsonObject given) {
        var betas = given.getAsJsonArray("betas");
        var moments = new AdamMoments(
                betas.get(0).getAsDouble(),
                betas.get(1).getAsDouble(),
                1e-8,
                given.get("amsgrad").getAsBoolean());
        double decay = given.get("decay").getAsDouble();
        return switch (given.get("optimizer").getAsString()) {
            case "adam" -> new Adam(moments);
            case "adamw" -> new AdamW(moments, decay);
            default ->
                new AdamSpd(
                        moments,
                        decay,
                        Anchor.valueOf(given.get("anchor").getAsString().toUpperCase(Locale.ROOT)),
                        Selection.INSTANT,
                        AdamSpd.Norm.L2);
        };
    }

    /** The tensors of the fixture with an optimizer, and the gradients of its steps. */
    private final class Steps implements AutoCloseable {

        final List<Target> targets = new ArrayList<>();
        final BoundOptimizer optimizer;
        final double lr;
        private final Safetensors file;

        Steps(String name) throws IOException {
            JsonObject given = settings(name);
            file = Safetensors.open(FIXTURE.resolve("steps.safetensors"));
            for (int j = 0; j < settings().get("tensors").getAsInt(); j++) {
                NDArray value = Golden.leaf(manager.create(
                        file.floats("p0." + j), new Shape(file.info("p0." + j).shape())));
                targets.add(Target.of("p" + j, value).in(Precision.BF16));
            }
            lr = given.get("lr").getAsDouble();
            optimizer = new BoundOptimizer(rule(given), new TorchStep(), targets);
        }

        void step(int t) {
            for (int j = 0; j < targets.size(); j++) {
                Golden.set(optimizer.gradients().get(j), file.floats("g." + t + "." + j));
            }
            optimizer.step(lr, tensor -> 0);
        }

        @Override
        public void close() throws IOException {
            optimizer.close();
            file.close();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_be_at_the_values_of_pytorch_to_the_last_bit_when_steps_are_taken(String name) throws IOException {
        try (Steps steps = new Steps(name);
                Safetensors file = Safetensors.open(FIXTURE.resolve("steps.safetensors"))) {
            for (int t = 0; t < settings().get("steps").getAsInt(); t++) {
                steps.step(t);
                for (int j = 0; j < steps.targets.size(); j++) {
                    assertThat(steps.targets.get(j).value().toFloatArray())
                            .as("step %d tensor %d", t, j)
                            .isEqualTo(file.floats(name + ".p." + t + "." + j));
                    if (name.startsWith("spd")) {
                        float condition = file.floats(name + ".cond." + t)[j];
                        assertThat((float) steps.optimizer.report().get(j).condition())
                                .isEqualTo(condition);
                        assertThat(steps.optimizer.report().get(j).selected()).isEqualTo(condition < 0);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "spd-strong"})
    void should_go_on_to_the_last_bit_when_stored_in_float32_and_restored(String name) throws IOException {
        Path file = folder.resolve("state.safetensors");
        try (Steps whole = new Steps(name);
                Steps later = new Steps(name)) {
            for (int t = 0; t < 20; t++) {
                if (t == 9) {
                    new Checkpoint(t, 0, "key", "anchors").write(file, values(whole), whole.optimizer.state());
                }
                whole.step(t);
            }
            Checkpoint.Content content = Checkpoint.read(file, manager);
            later.targets.forEach(target -> Autograd.withoutRecording(() -> {
                Ops.copy(target.value(), content.weights().get(target.name()));
                return null;
            }));
            later.optimizer.restore(content.state(), 9);
            for (int t = 9; t < 20; t++) {
                later.step(t);
            }
            for (int j = 0; j < whole.targets.size(); j++) {
                assertThat(later.targets.get(j).value().toFloatArray())
                        .isEqualTo(whole.targets.get(j).value().toFloatArray());
            }
        }
    }

    private static Map<String, NDArray> values(Steps steps) {
        Map<String, NDArray> values = new HashMap<>();
        steps.targets.forEach(target -> values.put(target.name(), target.value()));
        return values;
    }

    @Test
    void should_round_to_the_nearest_number_when_asked() {
        NDArray values = manager.create(new float[] {1 + 1 / 256f, 1 + 3 / 256f, .1f, -3, 1e-30f});
        Target.of("values", values).in(Precision.BF16).round();
        assertThat(values.toFloatArray())
                .containsExactly(1, 1 + 4 / 256f, .10009765625f, -3, Float.intBitsToFloat(0x0da20000));
        Target.of("values", values.addi(.1f)).round();
        assertThat(values.toFloatArray()[0]).isEqualTo(1 + .1f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "l2sp", "mars-sp", "mars-pgm"})
    void should_refuse_bfloat16_when_the_rule_does_not_step_in_it(String name) {
        UpdateRule rule = OptimizerService.create(name, Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.checkFor(Precision.BF16))
                .withMessageMatching("\\w+ takes steps in float32 alone, and tensors of bf16 were given; keep them in"
                        + " float32, or take adam, adamw or adam-spd");
        rule.checkFor(Precision.FLOAT32);
    }

    @Test
    void should_refuse_bfloat16_when_distances_are_measured_by_rows_or_steps_taken_by_ndarray() throws IOException {
        UpdateRule rows = OptimizerService.create("adam-spd", Map.of("norm", "mars"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows.checkFor(Precision.BF16))
                .withMessageContaining("AdamSpd takes steps in float32 alone");
        NDArray value = Golden.leaf(manager, new double[] {1}, new Shape(1));
        try (var optimizer = new BoundOptimizer(
                Adam.defaults(),
                new ReferenceStep(),
                List.of(Target.of("value", value).in(Precision.BF16)))) {
            assertThatThrownBy(() -> optimizer.step(.1, tensor -> 0))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("take TorchStep");
        }
    }
}

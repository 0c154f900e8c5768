package org.spdbook.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spdbook.optim.OptimizerCase.Execution;
import org.spdbook.train.Checkpoint;

/** What must hold for every optimiser that is found as a service, in every setting and both executions. */
class OptimizersTest {

    private static final double RATE = 0.05;

    /** So fast that momentum carries past the goal, where the selective methods pull. */
    private static final double SWINGING = 0.4;

    private static final double ROUNDING = 1e-9;

    @TempDir
    private Path folder;

    static List<OptimizerCase> all() {
        return OptimizerCase.all();
    }

    /** Those that leave the values alone where the rate does: FTP's radius learns at a rate of its own. */
    static Stream<OptimizerCase> led() {
        return all().stream().filter(given -> !given.name().equals("ftp"));
    }

    /** Those that are Adam at strength 0: FTP projects at any. */
    static Stream<OptimizerCase> withStrength() {
        return led().filter(given -> given.has("lambda") || given.has("weight-decay"));
    }

    static Stream<OptimizerCase> ofAdamsFamily() {
        return all().stream().filter(given -> given.has("beta1"));
    }

    static Stream<OptimizerCase> torch() {
        return all().stream().filter(given -> given.execution() == Execution.TORCH);
    }

    @Test
    void should_cover_all_methods_when_services_are_listed() {
        assertThat(OptimizerService.all())
                .containsKeys("adam", "adamw", "adam-spd", "l2sp", "ftp", "mars-sp", "mars-pgm");
        assertThat(all()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("all")
    void should_lower_the_loss_when_a_quadratic_is_trained(OptimizerCase given) {
        try (var problem = Quadratic.of(given)) {
            double first = problem.run(1, RATE);
            problem.run(100, RATE);
            double last = problem.run(20, RATE);

            assertThat(last).isLessThan(0.8 * first);
        }
    }

    @ParameterizedTest
    @MethodSource("led")
    void should_change_no_value_when_the_rate_is_zero(OptimizerCase given) {
        try (var problem = Quadratic.of(given)) {
            problem.run(7, SWINGING);
            var before = problem.values();
            problem.run(3, 0);

            assertThat(problem.values()).isEqualTo(before);
            assertThat(problem.optimizer().steps()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @MethodSource("withStrength")
    void should_be_adam_to_the_last_bit_when_the_strength_is_zero(OptimizerCase given) {
        OptimizerCase without = given.with(given.has("lambda") ? "lambda" : "weight-decay", "0");
        try (var problem = Quadratic.of(without);
                var adam = Quadratic.of(given.adam());
                var strong = Quadratic.of(given)) {
            problem.run(30, SWINGING);
            adam.run(30, SWINGING);
            strong.run(30, SWINGING);

            assertThat(problem.values()).isEqualTo(adam.values());
            assertThat(strong.values()).isNotEqualTo(adam.values());
        }
    }

    @ParameterizedTest
    @MethodSource("ofAdamsFamily")
    void should_move_a_free_tensor_as_adam_does_when_the_rest_decays(OptimizerCase given) {
        try (var problem = Quadratic.of(given);
                var adam = Quadratic.of(given.adam())) {
            problem.run(30, SWINGING);
            adam.run(30, SWINGING);

            assertThat(problem.values().get("h")).isEqualTo(adam.values().get("h"));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void should_give_the_same_values_when_tensors_come_in_another_order(OptimizerCase given) {
        try (var problem = Quadratic.of(given);
                var reversed = Quadratic.reversed(given)) {
            problem.run(30, SWINGING);
            reversed.run(30, SWINGING);

            assertThat(reversed.values()).isEqualTo(problem.values());
        }
    }

    @ParameterizedTest
    @MethodSource("torch")
    void should_agree_when_executed_in_either_way(OptimizerCase given) {
        try (var torch = Quadratic.of(given);
                var reference = Quadratic.of(given.by(Execution.REFERENCE))) {
            for (int step = 0; step < 60; step++) {
                torch.run(1, SWINGING);
                reference.run(1, SWINGING);
                List<TensorReport> expected = reference.optimizer().report();
                List<TensorReport> found = torch.optimizer().report();
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(found.get(i).selected())
                            .as("step %d tensor %d", step, i)
                            .isEqualTo(expected.get(i).selected());
                    // The fused execution reports in float32.
                    assertThat(found.get(i).ratio())
                            .isCloseTo(expected.get(i).ratio(), org.assertj.core.api.Assertions.within(1e-5));
                }
            }
            var expected = reference.values();
            torch.values().forEach((name, found) -> {
                for (int i = 0; i < found.size(); i++) {
                    assertThat(found.get(i))
                            .as("%s %d", name, i)
                            .isCloseTo(expected.get(name).get(i), org.assertj.core.api.Assertions.within(ROUNDING));
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void should_go_on_exactly_when_stored_and_restored_half_way(OptimizerCase given) throws IOException {
        Path file = folder.resolve("state.safetensors");
        try (var whole = Quadratic.of(given);
                var later = Quadratic.of(given)) {
            whole.run(12, SWINGING);
            new Checkpoint(12, 0, "key", "anchors")
                    .write(file, whole.parameters().asMap(), whole.optimizer().state());
            whole.run(15, SWINGING);

            restore(file, later);
            later.run(15, SWINGING);

            assertThat(later.values()).isEqualTo(whole.values());
            assertThat(later.optimizer().steps()).isEqualTo(27);
            assertThat(later.optimizer().report()).isEqualTo(whole.optimizer().report());
        }
    }

    private static void restore(Path file, Quadratic problem) throws IOException {
        Checkpoint.Content content = Checkpoint.read(file, problem.manager());
        problem.assign(content.weights());
        problem.optimizer().restore(content.state(), content.checkpoint().step());
        problem.skipTo(content.checkpoint().step());
    }

    @ParameterizedTest
    @MethodSource("all")
    void should_name_what_is_missing_when_the_state_is_of_another_model(OptimizerCase given) {
        try (var problem = Quadratic.of(given)) {
            Map<String, NDArray> state =
                    new java.util.TreeMap<>(problem.optimizer().state());
            assumeThat(state).isNotEmpty();
            String gone = state.keySet().stream().findFirst().orElseThrow();
            state.remove(gone);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> problem.optimizer().restore(state, 3))
                    .withMessageContaining(gone)
                    .withMessageContaining("found none");
            state.put(gone, problem.manager().create(new double[7]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> problem.optimizer().restore(state, 3))
                    .withMessageContaining(gone)
                    .withMessageContaining("(7)");
        }
    }
}

package org.spdbook.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Gpu;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.verify.Difference;
import org.spdbook.verify.OptimizerVerifier;

/** Adam-SPD on a GPU follows the authors' trajectories and the CPU. */
@Tag("gpu")
class AdamSpdGpuTest {

    private static final int STEPS = 9;
    private static final Shape MATRIX = new Shape(3, 5);

    private Device gpu = Device.cpu();

    @BeforeEach
    void findGpu() {
        gpu = Gpu.orSkip();
    }

    /** The verifier's limit is a relative difference of 1e-6. */
    @Test
    void should_follow_the_authors_trajectories_when_it_steps_on_a_gpu() throws Exception {
        var differences = new OptimizerVerifier(gpu).compare(Path.of("src/test/resources/fixtures/adam-spd"));

        assertThat(differences).hasSize(24).allMatch(Difference::ok);
    }

    /** In float64, so that only a wrong branch could differ. */
    @ParameterizedTest
    @ValueSource(strings = {"instant", "cumulative", "ema(0.9)", "always", "random(0.6)", "inverted"})
    void should_step_as_on_the_cpu_when_any_selection_is_used_on_a_gpu(String selection) {
        for (var norm : AdamSpd.Norm.values()) {
            for (var anchor : List.of(Anchor.PRETRAINED, Anchor.ZERO)) {
                var rule = new AdamSpd(
                        new AdamMoments(0.9, 0.99, 1e-8, true), 1.3, anchor, Selection.parse(selection), norm);
                assertThat(end(rule, gpu)).containsExactly(end(rule, Device.cpu()), within(1e-9));
            }
        }
    }

    private static double[] end(UpdateRule rule, Device device) {
        try (NDManager manager = Torch.newManager(device)) {
            NDArray value = manager.create(values(MATRIX, 0), MATRIX);
            Autograd.track(value);
            Autograd.valueAndBackward(() -> Ops.scaled(value.sum(), 0).reshape(1));
            try (var optimizer = new BoundOptimizer(rule, new TorchStep(), List.of(Target.of("w", value)))) {
                for (int t = 1; t <= STEPS; t++) {
                    double[] gradient = values(MATRIX, t);
                    NDArray live = optimizer.gradients().get(0);
                    Scope.run(() -> Ops.copy(live, manager.create(gradient, MATRIX)));
                    optimizer.step(0.1, tensor -> 0.5);
                }
            }
            return value.toDoubleArray();
        }
    }

    private static double[] values(Shape shape, int seed) {
        double[] values = new double[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(0.9 * seed + 0.5 * i + 1);
        }
        return values;
    }
}

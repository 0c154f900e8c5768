package org.spdbook.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.torch.Torch;

/** Cases worked out by hand. Adam's first step is the rate times the sign of the gradient. */
class MarsTest {

    private static final double RATE = .1;

    /** Values of a tensor of zeros after steps with gradients, and what the last one did. */
    private record After(double[] values, TensorReport report) {}

    private static After steps(UpdateRule rule, Shape shape, double[]... gradients) {
        try (NDManager manager = Torch.newManager()) {
            NDArray w = Golden.leaf(manager, new double[(int) shape.size()], shape);
            try (var optimizer = new BoundOptimizer(rule, new ReferenceStep(), List.of(Target.of("w", w)))) {
                for (double[] gradient : gradients) {
                    Golden.set(optimizer.gradients().get(0), gradient);
                    optimizer.step(RATE, tensor -> 0);
                }
                return new After(w.toDoubleArray(), optimizer.report().get(0));
            }
        }
    }

    @Test
    void should_bring_rows_back_to_the_radius_when_they_are_outside_of_it() {
        var rule = new MarsPgm(AdamMoments.defaults(), .16);

        // each entry goes .1 against its gradient: the rows are .2 and .1 away
        After after = steps(rule, new Shape(2, 2), new double[] {1, -1, 1, 0});

        assertThat(after.values()).containsExactly(new double[] {-.08, .08, -.1, 0}, within(1e-8));
        assertThat(after.report().selected()).isTrue();
        assertThat(after.report().ratio()).isCloseTo((.2 + 0) / 2, within(1e-7));
    }

    @Test
    void should_take_a_tensor_of_one_axis_as_one_row() {
        After after = steps(new MarsPgm(AdamMoments.defaults(), .1), new Shape(2), new double[] {1, -1});

        assertThat(after.values()).containsExactly(new double[] {-.05, .05}, within(1e-8));
    }

    @Test
    void should_be_adam_when_no_row_reaches_the_radius() {
        double[] gradient = {1, -2, 3, 0};

        assertThat(steps(new MarsPgm(AdamMoments.defaults(), 1), new Shape(2, 2), gradient, gradient)
                        .values())
                .isEqualTo(steps(Adam.defaults(), new Shape(2, 2), gradient, gradient)
                        .values());
    }

    @Test
    void should_pull_the_farthest_row_alone_when_it_is_penalised() {
        double[] first = {1, -1, 1, 0};
        double[] none = {0, 0, 0, 0};
        var rule = new MarsSp(AdamMoments.defaults(), .5);

        // the first row is at -.1, .1 and farther than the second at -.1, 0: its signs times .5 are its gradient in the
        // second step
        double[] found = steps(rule, new Shape(2, 2), first, none).values();

        double[] expected = steps(Adam.defaults(), new Shape(2, 2), first, new double[] {-.5, .5, 0, 0})
                .values();
        assertThat(found).containsExactly(expected, within(1e-12));
    }
}

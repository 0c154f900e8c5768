package org.spdbook.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;

/** Golden values: the authors' optimiser in float64, paper.md 1.7. */
class AdamSpdTest {

    @ParameterizedTest
    @CsvSource({
        "0, PRETRAINED, 0.6623374962, 0.4772523913, -0.0313581981, -0.1871994097",
        "0.5, PRETRAINED, 0.7249087354, 0.4133431164, -0.0268110530, -0.1846675330",
        "1, PRETRAINED, 0.7910432916, 0.3442377428, -0.0222639080, -0.1821356563",
        "1, ZERO, 0.6421287132, 0.4626907968, -0.0168412253, -0.1297420667"
    })
    void should_end_at_the_authors_values_when_the_golden_gradients_are_followed(
            double lambda, Anchor anchor, double firstA, double lastA, double firstB, double lastB) {
        var rule = new AdamSpd(AdamMoments.defaults(), lambda, anchor, Selection.INSTANT, AdamSpd.Norm.L2);
        for (var executor : List.of(new ReferenceStep(), new TorchStep())) {
            try (NDManager manager = Torch.newManager()) {
                double[] found = Golden.follow(manager, rule, executor, 6);
                double limit = executor instanceof ReferenceStep ? 1e-9 : 1e-7;
                assertThat(new double[] {found[0], found[5], found[6], found[7]})
                        .containsExactly(new double[] {firstA, lastA, firstB, lastB}, within(limit));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"instant", "cumulative", "ema(0.9)", "always", "random(0.6)", "random(0.9 0.2)", "inverted"})
    void should_agree_in_both_executions_when_any_selection_is_used(String selection) {
        for (var norm : AdamSpd.Norm.values()) {
            var rule = new AdamSpd(
                    new AdamMoments(0.9, 0.99, 1e-8, true), 1.3, Anchor.PRETRAINED, Selection.parse(selection), norm);
            double[] reference = end(rule, new ReferenceStep());
            assertThat(end(rule, new TorchStep())).containsExactly(reference, within(1e-9));
            assertThat(reference).isNotEqualTo(end(Adam.defaults(), new ReferenceStep()));
        }
    }

    private static double[] end(UpdateRule rule, StepExecutor executor) {
        try (NDManager manager = Torch.newManager()) {
            return Arrays.copyOf(Golden.follow(manager, rule, executor, 9), 6); // of A
        }
    }

    @ParameterizedTest
    @CsvSource({"instant, PRETRAINED", "instant, ZERO", "always, PRETRAINED", "always, ZERO"})
    void should_agree_in_both_executions_when_a_tensor_is_larger_than_a_block(String selection, Anchor anchor) {
        var rule = new AdamSpd(
                new AdamMoments(0.9, 0.99, 1e-8, true), 1.3, anchor, Selection.parse(selection), AdamSpd.Norm.L2);
        List<TensorReport> expected = new ArrayList<>();
        List<TensorReport> found = new ArrayList<>();
        double[] reference = endOfLarge(rule, new ReferenceStep(), expected);
        double[] values = endOfLarge(rule, new TorchStep(), found);
        assertThat(largestDifference(values, reference)).isLessThan(1e-9);
        assertThat(expected).anyMatch(report -> report.selected() && report.ratio() > 0);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).selected()).isEqualTo(expected.get(i).selected());
            assertThat(found.get(i).ratio()).isCloseTo(expected.get(i).ratio(), within(1e-6));
        }
    }

    /** In one number, as the comparison of a million elements one by one takes minutes. */
    private static double largestDifference(double[] a, double[] b) {
        assertThat(a).hasSameSizeAs(b);
        return java.util.stream.IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs(a[i] - b[i]))
                .max()
                .orElseThrow();
    }

    /** Values after four steps away from the anchor and back again; the tensor is cut into unequal blocks. */
    private static double[] endOfLarge(UpdateRule rule, StepExecutor executor, List<TensorReport> reports) {
        double[] start = new double[1_100_003];
        double[] slope = new double[start.length];
        for (int i = 0; i < start.length; i++) {
            start[i] = 0.5 * Math.cos(0.3 * i);
            slope[i] = Math.sin(0.7 * i) + 0.2 * start[i];
        }
        try (NDManager manager = Torch.newManager()) {
            NDArray large = Golden.leaf(manager, start, new Shape(start.length));
            var optimizer = new BoundOptimizer(rule, executor, List.of(Target.of("large", large)));
            for (double scale : new double[] {1, 0.5, 1.5, -2}) {
                NDArray gradient = optimizer.gradients().get(0);
                Scope.run(() -> Ops.copy(gradient, manager.create(slope).mul(scale)));
                optimizer.step(0.01, tensor -> 0.5);
                reports.addAll(optimizer.report());
            }
            return large.toDoubleArray();
        }
    }

    @Test
    void should_be_adam_to_the_last_bit_when_lambda_is_zero() {
        assertThat(end(AdamSpd.of(0), new TorchStep())).isEqualTo(end(Adam.defaults(), new TorchStep()));
        assertThat(end(AdamSpd.of(0), new ReferenceStep())).isEqualTo(end(Adam.defaults(), new ReferenceStep()));
    }

    @Test
    void should_say_what_is_known_when_a_word_is_wrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptimizerService.create("adamspd", Map.of()))
                .withMessageContaining("adam-spd");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptimizerService.create("adam-spd", Map.of("lambada", "1")))
                .withMessageContaining("lambda");
        assertThatIllegalArgumentException().isThrownBy(() -> AdamSpd.of(-1)).withMessageContaining("got -1.0");
        for (String wrong : List.of("ema", "ema(0.9", "ema(0.1 0.2)", "random()", "random(2)", "always(1)")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Selection.parse(wrong))
                    .withMessageContaining("ema(0.9)");
        }
        assertThat(Selection.parse("random(0.5  0.25)")).hasToString("random(0.5 0.25)");
    }

    @Test
    void should_pull_each_tensor_by_its_own_probability_and_refuse_another_number_of_them() {
        assertThat(end(random("1 0"), new TorchStep())).isEqualTo(end(random("1 1"), new TorchStep()));
        assertThat(end(random("0 1"), new TorchStep())).isEqualTo(end(random("0"), new TorchStep()));
        assertThat(end(random("0 1"), new TorchStep())).isNotEqualTo(end(random("1"), new TorchStep()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> end(random("0.1 0.2 0.3"), new TorchStep()))
                .withMessageContaining("3 probabilities, but the model trains 2 tensors");
    }

    /** {@link #end} gives the first of two tensors. */
    private static AdamSpd random(String probabilities) {
        return new AdamSpd(
                AdamMoments.defaults(),
                1.3,
                Anchor.PRETRAINED,
                Selection.parse("random(" + probabilities + ")"),
                AdamSpd.Norm.L2);
    }
}

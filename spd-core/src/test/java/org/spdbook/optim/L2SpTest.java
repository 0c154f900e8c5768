package org.spdbook.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spdbook.optim.OptimizerCase.Execution;

/** L2-SP against its formulas. */
class L2SpTest {

    private static final double RATE = 0.05;
    private static final double LAMBDA = 3;

    @ParameterizedTest
    @EnumSource
    void should_pull_by_the_displacement_after_adams_step_when_decoupled(Execution execution) {
        var adamCase = new OptimizerCase("adam", Map.of(), execution);
        var given =
                new OptimizerCase("l2sp", Map.of("decoupled", "true", "lambda", Double.toString(LAMBDA)), execution);
        try (var problem = Quadratic.of(given);
                var adam = Quadratic.of(adamCase)) {
            List<Double> anchor = problem.values().get("A");
            // From the same start, Adam's first step is the same; Alg. 1 then scales the displacement it has made.
            problem.run(1, RATE);
            adam.run(1, RATE);

            List<Double> stepped = adam.values().get("A");
            List<Double> pulled = problem.values().get("A");
            for (int i = 0; i < anchor.size(); i++) {
                double displacement = stepped.get(i) - anchor.get(i);
                assertThat(Math.abs(displacement)).isGreaterThan(0.04);
                assertThat(pulled.get(i)).isCloseTo(stepped.get(i) - LAMBDA * RATE * displacement, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_settle_where_the_penalised_loss_is_least_when_coupled(Execution execution) {
        var given = new OptimizerCase("l2sp", Map.of("lambda", "1"), execution);
        try (var problem = Quadratic.of(given);
                var adam = Quadratic.of(given.adam())) {
            List<Double> anchor = problem.values().get("A");
            for (double rate = RATE; rate > 1e-4; rate *= 0.7) {
                problem.run(60, rate);
                adam.run(60, rate);
            }
            // |p - goal|^2 / 2 + lambda |p - anchor|^2 / 2 is least half-way between goal and anchor for lambda 1; the
            // goal
            // moves by noise of s.d. 0.2, so that means over steps are compared.
            List<Double> goal = adam.values().get("A");
            List<Double> found = problem.values().get("A");
            for (int i = 0; i < anchor.size(); i++) {
                assertThat(found.get(i)).isCloseTo((goal.get(i) + anchor.get(i)) / 2, within(0.02));
            }
        }
    }

    @Test
    void should_refuse_when_lambda_is_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new L2Sp(AdamMoments.defaults(), -1, false))
                .withMessageContaining("got -1.0");
    }
}

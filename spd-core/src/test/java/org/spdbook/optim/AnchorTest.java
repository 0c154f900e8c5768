package org.spdbook.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spdbook.optim.OptimizerCase.Execution;

/** The three anchors, told apart by moving the weights or the anchors after binding. */
class AnchorTest {

    private static final double RATE = 0.05;

    private static Quadratic bound(Anchor anchor, Execution execution) {
        return Quadratic.of(new OptimizerCase(
                "adam-spd",
                Map.of("anchor", anchor.name().toLowerCase(java.util.Locale.ROOT), "selection", "always"),
                execution));
    }

    private static Map<String, NDArray> constant(Quadratic problem, double value) {
        return Map.of(
                "A", problem.manager().full(new Shape(2, 3), (float) value, ai.djl.ndarray.types.DataType.FLOAT64),
                "b", problem.manager().full(new Shape(4), (float) value, ai.djl.ndarray.types.DataType.FLOAT64),
                "h", problem.manager().full(new Shape(5), (float) value, ai.djl.ndarray.types.DataType.FLOAT64));
    }

    @ParameterizedTest
    @EnumSource
    void should_measure_from_the_chosen_point_when_anchors_and_weights_are_moved(Anchor anchor) {
        try (var problem = bound(anchor, Execution.TORCH)) {
            double[] start = problem.values().get("b").stream()
                    .mapToDouble(value -> value)
                    .toArray();
            problem.optimizer().anchorAt(constant(problem, 3));
            problem.assign(constant(problem, 5));

            double expected = 0;
            for (double initial : start) {
                double point = switch (anchor) {
                    case PRETRAINED -> 3;
                    case ZERO -> 0;
                    case INITIAL -> initial;
                };
                expected += (5 - point) * (5 - point);
            }
            assertThat(problem.optimizer().deviations().get(1)).isCloseTo(Math.sqrt(expected), within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_never_move_out_when_every_step_is_projected(Anchor anchor) {
        for (Execution execution : Execution.values()) {
            try (var problem = bound(anchor, execution)) {
                problem.run(1, RATE);
                double radius = problem.optimizer().deviations().get(0);
                boolean pulled = false;
                for (int step = 0; step < 40; step++) {
                    problem.run(1, RATE);
                    pulled |= problem.optimizer().report().get(0).ratio() > 0;
                    double now = problem.optimizer().deviations().get(0);
                    assertThat(now).as("%s step %d", execution, step).isLessThan(radius + 1e-12);
                    radius = now;
                }
                assertThat(pulled).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void should_fire_at_once_when_the_anchor_is_zero_and_not_when_it_is_the_start(Execution execution) {
        for (Anchor anchor : Anchor.values()) {
            try (var problem = bound(anchor, execution)) {
                problem.run(1, RATE);

                assertThat(problem.optimizer().report().get(0).selected())
                        .as("%s", anchor)
                        .isEqualTo(anchor == Anchor.ZERO);
            }
        }
    }

    @Test
    void should_store_the_anchors_when_they_are_initial_only() {
        for (Anchor anchor : Anchor.values()) {
            try (var problem = bound(anchor, Execution.TORCH)) {
                boolean stored = problem.optimizer().state().containsKey("anchor.A");
                assertThat(stored).as("%s", anchor).isEqualTo(anchor == Anchor.INITIAL);
            }
        }
    }

    @Test
    void should_pull_to_the_stored_initial_values_when_restored_into_another_start() {
        try (var whole = bound(Anchor.INITIAL, Execution.TORCH);
                var later = bound(Anchor.INITIAL, Execution.TORCH)) {
            whole.optimizer().restore(moved(whole, 2), 0);
            later.assign(constant(later, 1));
            later.optimizer().restore(whole.optimizer().state(), 0);

            assertThat(later.optimizer().deviations().get(1)).isCloseTo(2, within(1e-12));
        }
    }

    /** The state with anchors at a constant. */
    private static Map<String, NDArray> moved(Quadratic problem, double value) {
        var state = new java.util.TreeMap<>(problem.optimizer().state());
        constant(problem, value).forEach((name, array) -> state.put("anchor." + name, array));
        return state;
    }
}

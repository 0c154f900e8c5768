package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Torch;

class AverageTest {

    private final NDManager manager = Torch.newManager();
    private final NDArray weight = manager.create(new float[] {1, -2, .3f});

    @AfterEach
    void freed() {
        manager.close();
    }

    private Average of(double decay) {
        Autograd.track(weight);
        return new Average(List.of(Target.of("w", weight)), decay);
    }

    private void becomes(float... values) {
        Autograd.withoutRecording(() -> {
            weight.set(values);
            return null;
        });
    }

    @Test
    void should_be_the_moving_average_of_the_weights() {
        try (Average average = of(.9)) {
            becomes(2, 0, .3f);
            average.update();
            becomes(3, 5, .3f);
            average.update();
            assertThat(weight.toFloatArray()).containsExactly(3, 5, .3f);
            average.apply();

            assertThat(weight.toFloatArray()).containsExactly(new float[] {1.29f, -1.12f, .3f}, within(1e-6f));
        }
    }

    @Test
    void should_stay_bit_by_bit_when_the_weights_do() {
        try (Average average = of(.997)) {
            for (int step = 0; step < 100; step++) {
                average.update();
            }
            assertThat(average.values().get("w").toFloatArray()).containsExactly(1, -2, .3f);
        }
    }

    @Test
    void should_change_nothing_and_hold_nothing_when_the_decay_is_zero() {
        try (Average average = of(0)) {
            becomes(4, 5, 6);
            average.update();
            average.restore(Map.of());
            average.apply();

            assertThat(weight.toFloatArray()).containsExactly(4, 5, 6);
            assertThat(average.values()).isEmpty();
        }
    }

    @Test
    void should_go_on_from_what_was_stored_and_refuse_what_does_not_fit() {
        try (Average average = of(.5)) {
            average.restore(Map.of("w", manager.create(new float[] {3, 0, .3f})));
            average.update();
            assertThat(average.values().get("w").toFloatArray()).containsExactly(2, -1, .3f);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> average.restore(Map.of()))
                    .withMessage(
                            "the average of w of shape (3) is needed, found none; the checkpoint belongs to another"
                                    + " run");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> of(1)).withMessageContaining("below 1, got 1.0");
    }
}

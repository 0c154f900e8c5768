package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.optim.Target;

class TrainerTest {

    /** Twenty examples of nothing. */
    private static final Task TWENTY = new Task() {
        @Override
        public List<Target> targets() {
            return List.of();
        }

        @Override
        public int examples() {
            return 20;
        }

        @Override
        public NDArray loss(int[] batch, Seeds seeds, int epoch) {
            throw new AssertionError("nothing is trained here");
        }
    };

    @Test
    void should_end_with_the_epochs_or_before_when_steps_are_limited() {
        var seeds = new Seeds(0);

        assertThat(new Trainer(3, 6, 0, seeds).steps(TWENTY)).isEqualTo(9);
        assertThat(new Trainer(3, 6, 0, seeds, 10).steps(TWENTY)).isEqualTo(9);
        assertThat(new Trainer(3, 6, 0, seeds, 5).steps(TWENTY)).isEqualTo(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(3, 6, 0, seeds, 0))
                .withMessageContaining("steps >= 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(3, 21, 0, seeds).steps(TWENTY))
                .withMessageContaining("there are 20 examples");
    }
}

package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.optim.AdamW;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Torch;

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

    @Test
    void should_tell_each_batch_once_and_one_step_ahead_when_it_trains() {
        List<String> expected = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        List<Integer> ahead = new ArrayList<>();
        try (NDManager manager = Torch.newManager()) {
            NDArray value = manager.ones(new Shape(1));
            Autograd.track(value);
            Task task = new Task() {
                @Override
                public List<Target> targets() {
                    return List.of(Target.of("value", value));
                }

                @Override
                public int examples() {
                    return 5;
                }

                @Override
                public NDArray loss(int[] batch, Seeds seeds, int epoch) {
                    asked.add(epoch + Arrays.toString(batch));
                    ahead.add(expected.size() - asked.size());
                    return value.mul(2);
                }

                @Override
                public void expect(int[] batch, Seeds seeds, int epoch) {
                    expected.add(epoch + Arrays.toString(batch));
                }
            };
            try (var optimizer = new BoundOptimizer(AdamW.defaults(), new TorchStep(), task.targets())) {
                new Trainer(3, 2, 0, new Seeds(0))
                        .run(
                                task,
                                optimizer,
                                new Schedule(Schedule.Kind.CONSTANT, 1e-3, 0, 6),
                                1,
                                (step, loss, rate) -> {},
                                new Cancel());
            }
        }

        assertThat(asked).hasSize(5).doesNotHaveDuplicates();
        assertThat(expected).isEqualTo(asked);
        assertThat(ahead).containsExactly(1, 1, 1, 1, 0);
    }
}

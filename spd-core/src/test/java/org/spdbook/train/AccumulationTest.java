package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spdbook.optim.AdamW;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.StepExecutor;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Torch;

/** A batch in parts, by a softmax regression with 5 classes on 16 inputs. */
class AccumulationTest {

    private final NDManager manager = Torch.newManager();
    private final List<int[]> asked = new ArrayList<>();
    private final List<int[]> expected = new ArrayList<>();

    @AfterEach
    void freed() {
        manager.close();
    }

    private final class Regression implements Task {

        private final NDArray weight = values("weight", 5, 16);

        Regression() {
            Autograd.track(weight);
        }

        @Override
        public List<Target> targets() {
            return List.of(Target.of("weight", weight));
        }

        @Override
        public int examples() {
            return 24;
        }

        @Override
        public NDArray loss(int[] batch, Seeds seeds, int epoch) {
            asked.add(batch);
            float[] inputs = new float[16 * batch.length];
            long[] labels = new long[batch.length];
            for (int i = 0; i < batch.length; i++) {
                labels[i] = batch[i] % 5;
                for (int j = 0; j < 16; j++) {
                    inputs[16 * i + j] = (float) StrictMath.sin(3 * batch[i] + j);
                }
            }
            return Ops.crossEntropy(
                    Ops.linear(manager.create(inputs, new Shape(batch.length, 16)), weight, null),
                    manager.create(labels),
                    0);
        }

        @Override
        public void expect(int[] batch, Seeds seeds, int epoch) {
            expected.add(batch);
        }
    }

    private NDArray values(String name, int rows, int columns) {
        RandomStream random = new Seeds(1).stream(name, 0, 0);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(rows, columns));
    }

    /** Gradients at the first step and weights and losses after all. */
    private record Trained(float[] gradient, float[] weight, List<Double> losses) {}

    private Trained trained(int accumulate) {
        var task = new Regression();
        var step = new TorchStep();
        List<float[]> gradients = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        StepExecutor noting = (rule, tensors, context) -> {
            gradients.add(tensors.get(0).gradient().toFloatArray());
            return step.step(rule, tensors, context);
        };
        try (var optimizer = new BoundOptimizer(AdamW.defaults(), noting, task.targets())) {
            var trainer = new Trainer(2, 12, 0, new Seeds(5), Integer.MAX_VALUE, accumulate, Gradients.USUAL);
            var schedule = new Schedule(Schedule.Kind.CONSTANT, 1e-2, 0, 4);
            trainer.run(task, optimizer, schedule, 0, (at, loss, rate) -> losses.add(loss), new Cancel());
        }
        return new Trained(gradients.get(0), task.weight.toFloatArray(), losses);
    }

    @Test
    void should_give_the_gradient_of_the_whole_batch_when_it_is_computed_in_parts() {
        Trained whole = trained(1);

        for (int parts : new int[] {2, 3, 12}) {
            Trained found = trained(parts);
            // means of 12 numbers below 1, put together in another order: a few roundings of 6e-8
            assertThat(found.gradient()).containsExactly(whole.gradient(), within(1e-6f));
            assertThat(found.losses()).hasSize(4);
            for (int i = 0; i < 4; i++) {
                assertThat(found.losses().get(i)).isCloseTo(whole.losses().get(i), within(1e-5));
            }
        }
        assertThat(whole.gradient()[0]).isNotCloseTo(0, within(1e-3f));
    }

    @Test
    void should_ask_for_the_same_examples_in_order_and_announce_each_part_before() {
        trained(1);
        List<Integer> whole = flat(asked);
        asked.clear();
        expected.clear();
        trained(3);

        assertThat(flat(asked)).isEqualTo(whole).hasSize(48);
        assertThat(asked).hasSize(12).allMatch(part -> part.length == 4);
        assertThat(flat(expected)).isEqualTo(whole);
    }

    private static List<Integer> flat(List<int[]> batches) {
        return batches.stream().flatMapToInt(java.util.Arrays::stream).boxed().toList();
    }

    @Test
    void should_refuse_parts_of_different_sizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(1, 12, 0, new Seeds(0), 1, 5, Gradients.USUAL))
                .withMessage(
                        "a batch of 12 was asked for in 5 parts, which are not alike; take a divisor of the batch");
    }

    /** Random numbers of the engine, as dropout takes them, belong to the step. */
    @Test
    void should_draw_the_same_numbers_when_a_run_goes_on_at_a_later_step() {
        List<Double> all = dropped(0, 4);

        assertThat(dropped(2, 4)).isEqualTo(all.subList(2, 4));
        assertThat(all).doesNotHaveDuplicates();
    }

    private List<Double> dropped(int from, int steps) {
        Task noise = new Task() {
            private final NDArray weight = manager.ones(new Shape(64));

            {
                Autograd.track(weight);
            }

            @Override
            public List<Target> targets() {
                return List.of(Target.of("weight", weight));
            }

            @Override
            public int examples() {
                return steps;
            }

            @Override
            public NDArray loss(int[] batch, Seeds seeds, int epoch) {
                return Ops.dropout(weight, .5).mul(manager.arange(64f)).sum();
            }
        };
        List<Double> losses = new ArrayList<>();
        try (var optimizer = new BoundOptimizer(AdamW.defaults(), new TorchStep(), noise.targets())) {
            var schedule = new Schedule(Schedule.Kind.CONSTANT, 0, 0, steps);
            new Trainer(1, 1, 0, new Seeds(7))
                    .run(noise, optimizer, schedule, from, (at, loss, rate) -> losses.add(loss), new Cancel());
        }
        return losses;
    }
}

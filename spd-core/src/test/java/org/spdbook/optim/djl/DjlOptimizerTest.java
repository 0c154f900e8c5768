package org.spdbook.optim.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamSpd;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Selection;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class DjlOptimizerTest {

    private static final int STEPS = 50;
    private static final Shape INPUT = new Shape(8, 6);

    @Test
    void should_refuse_a_file_of_anchors_when_the_rule_pulls_to_other_ones() {
        var zero = new AdamSpd(AdamMoments.defaults(), 1, Anchor.ZERO, Selection.INSTANT, AdamSpd.Norm.L2);
        var builder = DjlOptimizer.builder(zero).optAnchor(Path.of("anchors.safetensors"));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pulls to ZERO");
    }

    @Test
    void should_train_alike_when_djls_trainer_or_our_loop_takes_the_steps() throws Exception {
        var block = new SequentialBlock()
                .add(Linear.builder().setUnits(10).build())
                .add(Activation.tanhBlock())
                .add(Linear.builder().setUnits(3).build());
        var optimizer = DjlOptimizer.builder(AdamSpd.of(1))
                .optLearningRateTracker(Tracker.fixed(0.01f))
                .build();
        var config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(optimizer)
                .optDevices(new Device[] {Device.cpu()});
        try (NDManager manager = Torch.newManager();
                Model model = Model.newInstance("mlp", Device.cpu(), "PyTorch")) {
            model.setBlock(block);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(INPUT);
                TreeMap<String, NDArray> ours = new TreeMap<>();
                block.getParameters()
                        .forEach(pair -> ours.put(
                                pair.getKey(),
                                tracked(pair.getValue().getArray().duplicate(), manager)));
                optimizer.bind(block);
                for (int step = 0; step < STEPS; step++) {
                    try (GradientCollector collector = trainer.newGradientCollector()) {
                        NDArray logits = trainer.forward(new NDList(input(manager, step)))
                                .singletonOrThrow();
                        collector.backward(
                                trainer.getLoss().evaluate(new NDList(labels(manager, step)), new NDList(logits)));
                    }
                    trainer.step();
                }
                double fired = optimizer.bound().report().stream()
                        .filter(report -> report.selected())
                        .count();
                trainOurs(manager, new ArrayList<>(ours.values()), ours);

                assertThat(optimizer.bound().steps()).isEqualTo(STEPS);
                assertThat(fired).isBetween(0.0, 4.0);
                block.getParameters()
                        .forEach(pair -> assertThat(pair.getValue().getArray().toFloatArray())
                                .containsExactly(ours.get(pair.getKey()).toFloatArray(), within(1e-6f)));
            }
        }
    }

    private static void trainOurs(NDManager manager, List<NDArray> p, SortedMap<String, NDArray> named) {
        List<Target> targets = Target.all(named);
        String[] names = named.keySet().toArray(String[]::new);
        int firstBias = names[0].endsWith("bias") ? 0 : 1;
        try (var optimizer = new BoundOptimizer(AdamSpd.of(1), new ReferenceStep(), targets)) {
            for (int step = 0; step < STEPS; step++) {
                int at = step;
                Autograd.valueAndBackward(() -> {
                    NDArray hidden = Ops.linear(input(manager, at), p.get(1 - firstBias), p.get(firstBias))
                            .tanh();
                    NDArray logits = Ops.linear(hidden, p.get(3 - firstBias), p.get(2 + firstBias));
                    return Ops.crossEntropy(logits, labels(manager, at), 0);
                });
                optimizer.step(0.01f, tensor -> 0);
            }
        }
    }

    private static NDArray tracked(NDArray array, NDManager manager) {
        array.attach(manager);
        Autograd.track(array);
        return array;
    }

    private static NDArray input(NDManager manager, int step) {
        RandomStream random = new Seeds(1).stream("input", 0, step);
        float[] values = new float[(int) INPUT.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, INPUT);
    }

    private static NDArray labels(NDManager manager, int step) {
        RandomStream random = new Seeds(1).stream("label", 0, step);
        long[] values = new long[(int) INPUT.get(0)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3);
        }
        return manager.create(values);
    }
}

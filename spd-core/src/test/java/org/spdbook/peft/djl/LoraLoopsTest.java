package org.spdbook.peft.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamSpd;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Selection;
import org.spdbook.optim.djl.DjlOptimizer;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.peft.LoraConfig;
import org.spdbook.torch.Torch;

/** One LoRA trained by three loops: the library's, one of the user's own with DJL's gradient collector, and DJL's Trainer. */
class LoraLoopsTest {

    private static final int STEPS = 220;
    private static final int FEW = 40;
    private static final int EARLY = 20;
    private static final float RATE = 0.01f;
    private static final LoraConfig ALL = LoraModelTest.config(".*Linear");
    private static final Loss LOSS = Loss.softmaxCrossEntropyLoss();
    private static final AdamSpd SPD =
            new AdamSpd(AdamMoments.defaults(), 1, Anchor.ZERO, Selection.INSTANT, AdamSpd.Norm.L2);

    private NDManager manager;
    private Block block;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
        block = Blocks.mlp(manager, DataType.FLOAT32);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** The example of {@link LoraModel}'s documentation. */
    @Test
    void should_leave_a_file_when_the_example_is_followed(@TempDir Path folder) throws Exception {
        NDArray x = Blocks.input(manager, 0, DataType.FLOAT32);
        NDArray y = Blocks.labels(manager, 0);
        double first = 0;
        double loss = 0;
        try (var lora = LoraModel.attach(block, new LoraConfig(8, 16, 0, Pattern.compile(".*Linear")), 1);
                var optimizer = new BoundOptimizer(SPD, new TorchStep(), lora.targets())) {
            for (int step = 0; step < FEW; step++) {
                loss = lora.backward(new NDList(x), new NDList(y), Loss.softmaxCrossEntropyLoss());
                first = step == 0 ? loss : first;
                optimizer.step(1e-3, tensor -> 0);
            }
            lora.save(folder.resolve("mine.safetensors"));
        }

        assertThat(loss).isLessThan(first);
        assertThat(folder.resolve("mine.safetensors")).isNotEmptyFile();
    }

    @Test
    void should_keep_no_array_when_backward_takes_two_hundred_steps() {
        Trained trained = train(STEPS, (lora, step) -> {
            try (NDManager batch = manager.newSubManager()) {
                lora.backward(data(batch, step), labels(batch, step), LOSS);
            }
        });

        assertThat(trained.late()).isEqualTo(trained.early());
    }

    @Test
    void should_learn_the_same_and_keep_no_array_when_the_loop_is_ones_own() {
        float[] ours = train(STEPS, (lora, step) -> lora.backward(data(manager, step), labels(manager, step), LOSS))
                .factors();

        Trained own = train(STEPS, (lora, step) -> {
            try (NDManager batch = manager.newSubManager();
                    GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDList logits = block.forward(lora.store(batch), data(batch, step), true);
                collector.backward(LOSS.evaluate(labels(batch, step), logits));
            }
        });

        assertThat(own.late()).isEqualTo(own.early());
        assertThat(own.factors()).containsExactly(ours, within(1e-6f));
    }

    /** The measurement itself: the adapted weights of each step, owned by a manager that stays, must show. */
    @Test
    void should_count_what_piles_up_when_a_store_belongs_to_a_lasting_manager() {
        Trained trained = train(FEW, (lora, step) -> {
            try (NDManager batch = manager.newSubManager();
                    GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDList logits = block.forward(lora.store(manager), data(batch, step), true);
                collector.backward(LOSS.evaluate(labels(batch, step), logits));
            }
        });

        assertThat(trained.late() - trained.early()).isEqualTo(3 * (FEW - EARLY));
    }

    @Test
    void should_learn_the_same_when_djls_trainer_trains_the_adapted_block() throws Exception {
        float[] ours = train(FEW, (lora, step) -> lora.backward(data(manager, step), labels(manager, step), LOSS))
                .factors();
        Map<String, Object> values = Blocks.values(block);
        var optimizer = DjlOptimizer.builder(SPD)
                .optLearningRateTracker(Tracker.fixed(RATE))
                .build();
        var config = new DefaultTrainingConfig(LOSS).optOptimizer(optimizer).optDevices(new Device[] {Device.cpu()});

        try (LoraModel lora = LoraModel.attach(block, ALL, 1)) {
            try (Model model = Model.newInstance("adapted", Device.cpu(), "PyTorch")) {
                model.setBlock(lora.block());
                try (Trainer trainer = model.newTrainer(config)) {
                    trainer.initialize(Blocks.INPUT);
                    optimizer.bind(model.getBlock());
                    for (int step = 0; step < FEW; step++) {
                        try (NDManager batch = manager.newSubManager();
                                GradientCollector collector = trainer.newGradientCollector()) {
                            collector.backward(trainer.getLoss()
                                    .evaluate(labels(batch, step), trainer.forward(data(batch, step))));
                        }
                        trainer.step();
                    }
                }
            }
            assertThat(optimizer.bound().steps()).isEqualTo(FEW);
            assertThat(factors(lora)).containsExactly(ours, within(1e-6f));
            assertThat(Blocks.values(block)).isEqualTo(values);
        }
        optimizer.close();
    }

    /** One pass: leaves gradients in the factors. */
    @FunctionalInterface
    private interface Pass {
        void run(LoraModel lora, int step);
    }

    private record Trained(float[] factors, long early, long late) {}

    private Trained train(int steps, Pass pass) {
        try (LoraModel lora = LoraModel.attach(block, ALL, 1);
                var optimizer = new BoundOptimizer(SPD, new TorchStep(), lora.targets())) {
            long early = 0;
            for (int step = 0; step < steps; step++) {
                pass.run(lora, step);
                optimizer.step(RATE, tensor -> 0);
                if (step + 1 == EARLY) {
                    early = arrays();
                }
            }
            return new Trained(factors(lora), early, arrays());
        }
    }

    private static float[] factors(LoraModel lora) {
        float[] all = new float[(int) lora.parameters().count()];
        int at = 0;
        for (NDArray array : lora.parameters().asMap().values()) {
            for (float value : array.toFloatArray()) {
                all[at++] = value;
            }
        }
        return all;
    }

    /** Arrays of every manager there is: those of a manager are counted with those of its parents. */
    private long arrays() {
        NDManager root = manager;
        while (root.getParentManager() != null) {
            root = root.getParentManager();
        }
        return root.getManagedArrays().size();
    }

    private static NDList data(NDManager owner, int step) {
        return new NDList(Blocks.input(owner, step, DataType.FLOAT32));
    }

    private static NDList labels(NDManager owner, int step) {
        return new NDList(Blocks.labels(owner, step));
    }
}

package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.nn.Activation;
import org.spdbook.optim.AdamW;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;

class SwinSegformerTest {

    private static final SwinConfig CONFIG =
            new SwinConfig(32, 4, 3, 8, List.of(2, 2), List.of(2, 4), 4, 2, Activation.GELU, 1e-5, .5, 0);

    @TempDir
    private Path folder;

    private NDManager manager;
    private SwinSegformer model;

    @BeforeEach
    void made() throws Exception {
        manager = Torch.newManager();
        Path file = folder.resolve("swin.safetensors");
        SafetensorsWriter.write(file, new MadeWeights(Swin.shapes(CONFIG)).microsoft(), Map.of());
        try (Safetensors weights = Safetensors.open(file)) {
            model = SwinSegformer.on(
                    manager,
                    CONFIG,
                    weights,
                    new SwinSegformer.Added(12, 3),
                    new Seeds(1).stream("head", 0, 0)::nextGaussian);
        }
    }

    @AfterEach
    void freed() {
        model.close();
        manager.close();
    }

    /** Left half class 1, right half class 2, the border ignored. */
    private NDArray labels() {
        long[] labels = new long[2 * 32 * 36];
        for (int i = 0; i < labels.length; i++) {
            int x = i % 36;
            labels[i] = x == 18 ? SwinSegformer.IGNORED : x < 18 ? 1 : 2;
        }
        return manager.create(labels, new Shape(2, 32, 36));
    }

    /** Dark on the left, light on the right. */
    private NDArray images() {
        float[] values = new float[2 * 3 * 32 * 36];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 36 < 18 ? -1 : 1;
        }
        return manager.create(values, new Shape(2, 3, 32, 36));
    }

    private double loss() {
        return Scope.compute(() -> Autograd.withoutRecording(
                () -> (double) model.loss(images(), labels(), false).toFloatArray()[0]));
    }

    @Test
    void should_learn_to_tell_halves_apart_with_a_gradient_for_every_tensor() {
        assertThat(model.parameters().names())
                .containsExactlyElementsOf(SwinSegformer.shapes(CONFIG, 12, 3).keySet());
        List<Target> targets = Target.all(model.parameters().asMap());
        double before = loss();
        try (var optimizer = new BoundOptimizer(AdamW.defaults(), new TorchStep(), targets)) {
            for (int step = 0; step < 120; step++) {
                Engine.getInstance().setRandomSeed(step);
                Autograd.valueAndBackward(() -> model.loss(images(), labels(), true));
                optimizer.step(3e-3, tensor -> 0);
            }
        }

        assertThat(before).isCloseTo(Math.log(3), within(.3));
        assertThat(loss()).isLessThan(.3 * before);
        long[] found = Scope.compute(() -> Autograd.withoutRecording(
                () -> model.predictions(images()).toType(DataType.INT64, true).toLongArray()));
        assertThat(found).hasSize(2 * 32 * 36);
        assertThat(Arrays.stream(found).filter(one -> one == 1).count()).isBetween(700L, 1600L);
    }

    @Test
    void should_leave_out_blocks_at_random_in_training_only() {
        float[] first = scores(false, 1);
        assertThat(scores(false, 2)).containsExactly(first);
        float[] trained = scores(true, 1);
        assertThat(scores(true, 2)).isNotEqualTo(trained);
        assertThat(scores(true, 1)).isEqualTo(trained);
    }

    private float[] scores(boolean training, int seed) {
        Engine.getInstance().setRandomSeed(seed);
        NDArray mean = model.parameters().buffer("decode_head.batch_norm.running_mean");
        float[] before = mean.toFloatArray();
        float[] scores = Scope.compute(() -> Autograd.withoutRecording(
                () -> model.forward(images(), training).toFloatArray()));
        assertThat(Arrays.equals(mean.toFloatArray(), before)).isEqualTo(!training);
        return scores;
    }
}

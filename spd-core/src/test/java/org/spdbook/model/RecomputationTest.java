package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Recomputation;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;
import org.spdbook.train.Seeds;

/** Gradients of models whose blocks are recomputed. */
class RecomputationTest {

    private static final ClipConfig CLIP = new ClipConfig(
            new ClipConfig.Image(new TowerConfig(16, 4, 2, 32, Activation.QUICK_GELU, 1e-5), 16, 4, 3), null, 8);
    private static final SwinConfig SWIN =
            new SwinConfig(32, 4, 3, 8, List.of(2, 2), List.of(2, 4), 4, 2, Activation.GELU, 1e-5, .5, 0);

    private final NDManager manager = Torch.newManager();

    @AfterEach
    void freed() {
        manager.close();
    }

    private Parameters parameters(Map<String, Shape> shapes) {
        Parameters parameters = new Parameters(manager);
        shapes.forEach((name, shape) -> parameters.add(name, normal(name, shape)));
        return parameters;
    }

    private NDArray normal(String name, Shape shape) {
        var random = new Seeds(3).stream(name, 0, 0);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (.2 * random.nextGaussian());
        }
        return manager.create(values, shape);
    }

    /** Value and gradients of a loss. */
    private record Found(double loss, Map<String, float[]> gradients) {}

    private static Found found(Parameters parameters, boolean recompute, Supplier<NDArray> loss) {
        Torch.seed(11);
        double value = new Gradients(recompute, Precision.FLOAT32).of(loss);
        List<NDArray> live = Autograd.gradients(List.copyOf(parameters.asMap().values()));
        Map<String, float[]> gradients = new LinkedHashMap<>();
        for (int i = 0; i < live.size(); i++) {
            gradients.put(parameters.names().get(i), live.get(i).toFloatArray());
        }
        Autograd.zero(live);
        return new Found(value, gradients);
    }

    private static void agree(Found plain, Found recomputed, float limit) {
        assertThat(recomputed.loss).isEqualTo(plain.loss);
        plain.gradients.forEach((name, gradient) -> assertThat(recomputed.gradients.get(name))
                .as(name)
                .usingComparatorWithPrecision(limit)
                .containsExactly(gradient));
        assertThat(plain.gradients.values().stream()
                        .filter(gradient -> gradient[0] != 0)
                        .count())
                .isGreaterThan(plain.gradients.size() * 9L / 10);
    }

    @Test
    void should_give_the_same_bits_when_the_blocks_of_clip_are_recomputed() {
        Parameters parameters = parameters(ClipVit.shapes(CLIP));
        ClipVit model = new ClipVit(CLIP, parameters);
        NDArray images = normal("images", new Shape(3, 3, 16, 16));
        NDArray labels = manager.create(new long[] {1, 7, 0});
        Supplier<NDArray> loss = () -> Ops.crossEntropy(model.imageFeatures(images), labels, 0);

        agree(found(parameters, false, loss), found(parameters, true, loss), 0);
    }

    @Test
    void should_give_the_same_gradients_when_blocks_of_swin_are_left_out_at_random() {
        Map<String, Shape> shapes = SwinSegformer.shapes(SWIN, 12, 3);
        Parameters parameters = parameters(shapes);
        SegformerHead.bufferShapes(12)
                .forEach((name, shape) ->
                        parameters.addBuffer(name, name.endsWith("var") ? manager.ones(shape) : manager.zeros(shape)));
        SwinSegformer model = new SwinSegformer(SWIN, parameters);
        NDArray images = normal("images", new Shape(4, 3, 32, 36)); // 36: grids are padded
        NDArray labels =
                manager.arange(0, 4 * 32 * 36, 1, DataType.INT64).mod(3).reshape(4, 32, 36);
        Supplier<NDArray> loss = () -> model.loss(images, labels, true);

        Found plain = found(parameters, false, loss);
        // sums over three uses of a stage's grid are in another order: roundings of gradients below 1
        agree(plain, found(parameters, true, loss), 1e-6f);
        Torch.seed(12);
        assertThat(Scope.compute(() -> (double) loss.get().getFloat())).isNotEqualTo(plain.loss);
    }

    @Test
    void should_compute_a_block_twice_and_keep_no_array_of_it() {
        NDArray weight = normal("w", new Shape(4, 4));
        Autograd.track(weight);
        NDArray x = normal("x", new Shape(2, 4));
        AtomicInteger calls = new AtomicInteger();
        Supplier<NDArray> loss = () -> Recomputation.block(x, input -> {
                    calls.incrementAndGet();
                    return Ops.geluTanh(Ops.linear(input, weight, null));
                })
                .sum();
        var gradients = new Gradients(true, Precision.FLOAT32);
        gradients.of(loss);
        int after = manager.getManagedArrays().size();
        for (int step = 0; step < 5; step++) {
            gradients.of(loss);
        }

        assertThat(calls).hasValue(12);
        assertThat(manager.getManagedArrays()).hasSize(after);
        Gradients.USUAL.of(loss);
        assertThat(calls).hasValue(13);
    }
}

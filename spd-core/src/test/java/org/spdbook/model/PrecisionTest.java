package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.AdamW;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;
import org.spdbook.train.Seeds;

/** Models that compute in bfloat16 beside the same ones in float32. */
class PrecisionTest {

    private static final int STEPS = 5;
    private static final ClipConfig CLIP = new ClipConfig(
            new ClipConfig.Image(new TowerConfig(32, 3, 2, 64, Activation.QUICK_GELU, 1e-5), 16, 4, 3), null, 16);
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

    /** Losses of some steps of AdamW; all that is kept between them is float32. */
    private static List<Double> losses(Parameters parameters, Gradients gradients, Supplier<NDArray> loss) {
        List<Target> targets = Target.all(parameters.asMap());
        List<Double> losses = new ArrayList<>();
        try (var optimizer = new BoundOptimizer(AdamW.defaults(), new TorchStep(), targets)) {
            for (int step = 0; step < STEPS; step++) {
                Torch.seed(step);
                losses.add(gradients.of(loss));
                assertThat(optimizer.gradients()).allMatch(one -> one.getDataType() == DataType.FLOAT32);
                optimizer.step(1e-3, tensor -> 0);
            }
            assertThat(parameters.asMap().values()).allMatch(one -> one.getDataType() == DataType.FLOAT32);
            assertThat(optimizer.state().values()).allMatch(one -> one.getDataType() == DataType.FLOAT32);
        }
        return losses;
    }

    private static void agree(List<Double> full, List<Double> rounded) {
        assertThat(rounded).isNotEqualTo(full);
        for (int step = 0; step < STEPS; step++) {
            assertThat(rounded.get(step)).isCloseTo(full.get(step), within(1e-2 * full.get(step)));
        }
    }

    private List<Double> clip(Gradients gradients) {
        Parameters parameters = parameters(ClipVit.shapes(CLIP));
        ClipClassifier model = new ClipClassifier(
                new ClipVit(CLIP, parameters), normal("head", new Shape(5, 16)).mul(20));
        NDArray images = normal("images", new Shape(6, 3, 16, 16));
        NDArray labels = manager.create(new long[] {1, 4, 0, 2, 3, 1});
        return losses(parameters, gradients, () -> Ops.crossEntropy(model.forward(images), labels, 0));
    }

    private List<Double> swin(Gradients gradients) {
        Parameters parameters = parameters(SwinSegformer.shapes(SWIN, 12, 3));
        SegformerHead.bufferShapes(12)
                .forEach((name, shape) ->
                        parameters.addBuffer(name, name.endsWith("var") ? manager.ones(shape) : manager.zeros(shape)));
        SwinSegformer model = new SwinSegformer(SWIN, parameters);
        NDArray images = normal("images", new Shape(4, 3, 32, 36));
        NDArray labels =
                manager.arange(0, 4 * 32 * 36, 1, DataType.INT64).mod(3).reshape(4, 32, 36);
        return losses(parameters, gradients, () -> model.loss(images, labels, true));
    }

    @Test
    void should_have_nearly_the_losses_of_float32_when_clip_computes_in_bfloat16() {
        List<Double> rounded = clip(new Gradients(false, Precision.BF16));

        agree(clip(Gradients.USUAL), rounded);
        assertThat(clip(new Gradients(true, Precision.BF16))).isEqualTo(rounded);
    }

    @Test
    void should_have_nearly_the_losses_of_float32_when_swin_computes_in_bfloat16() {
        List<Double> full = swin(Gradients.USUAL);

        agree(full, swin(new Gradients(false, Precision.BF16)));
        agree(full, swin(new Gradients(true, Precision.BF16)));
    }

    @Test
    void should_compute_in_float32_again_when_the_code_has_ended() {
        NDArray x = normal("x", new Shape(2, 8));
        NDArray weight = normal("w", new Shape(3, 8));
        float[] full = Ops.linear(x, weight, null).toFloatArray();

        float[] rounded = Precision.BF16.during(
                () -> Ops.full(Ops.linear(x, weight, null)).toFloatArray());
        assertThat(rounded).isNotEqualTo(full).containsExactly(full, within(1e-2f));
        for (float one : rounded) {
            assertThat(Float.floatToRawIntBits(one) & 0xFFFF).isZero(); // the half that bfloat16 has not
        }
        assertThat(Autograd.withoutRecording(() -> Ops.linear(x, weight, null)).toFloatArray())
                .containsExactly(full);
    }
}

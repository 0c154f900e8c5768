package org.spdbook.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/** The TorchScript archive on a GPU gives what it gives on the CPU, up to the order of float32 sums. */
@Tag("gpu")
class OpsGpuTest {

    /** Sums here have 6 to 64 terms of size 1; each rounding is 6e-8. */
    private static final float LIMIT = 1e-5f;

    private static final Shape HEADS = new Shape(2, 4, 8, 16);

    private Device gpu = Device.cpu();

    @BeforeEach
    void findGpu() {
        gpu = Gpu.orSkip();
    }

    @Test
    void should_attend_as_on_the_cpu_when_the_archive_runs_on_a_gpu() {
        agree(manager -> AttentionOps.attention(
                values(manager, "q", HEADS), values(manager, "k", HEADS), values(manager, "v", HEADS), null, false));
        agree(manager -> AttentionOps.attention(
                values(manager, "q", HEADS), values(manager, "k", HEADS), values(manager, "v", HEADS), null, true));
        agree(manager -> AttentionOps.attention(
                values(manager, "q", HEADS),
                values(manager, "k", HEADS),
                values(manager, "v", HEADS),
                values(manager, "mask", new Shape(8, 8)),
                false));
        agree(manager -> AttentionOps.selfAttention(values(manager, "qkv", new Shape(2, 8, 96)), 4));
    }

    @Test
    void should_give_the_loss_and_gradient_of_the_cpu_when_cross_entropy_runs_on_a_gpu() {
        agree(manager -> {
            NDArray logits = values(manager, "logits", new Shape(6, 5));
            NDArray labels = manager.create(new long[] {0, 4, -100, 2, 1, 3});
            Autograd.track(logits);
            double loss = Autograd.valueAndBackward(() -> Ops.crossEntropy(logits, labels, 0.1));
            NDArray gradient = Autograd.gradients(List.of(logits)).get(0);
            return gradient.add(loss);
        });
    }

    @Test
    void should_normalise_and_bend_as_on_the_cpu_when_the_archive_runs_on_a_gpu() {
        Shape rows = new Shape(5, 64);
        agree(manager -> Ops.layerNorm(
                values(manager, "x", rows),
                values(manager, "w", new Shape(64)),
                values(manager, "b", new Shape(64)),
                1e-5));
        agree(manager -> Ops.gelu(values(manager, "x", rows)));
        agree(manager -> Ops.geluTanh(values(manager, "x", rows)));
        agree(manager -> Ops.l2Normalize(values(manager, "x", rows)));
        agree(manager -> Ops.patches(values(manager, "image", new Shape(2, 8, 8, 3)), 4));
    }

    private void agree(Function<NDManager, NDArray> operation) {
        float[] expected = on(Device.cpu(), operation);
        assertThat(on(gpu, operation)).hasSameSizeAs(expected).containsExactly(expected, within(LIMIT));
    }

    private static float[] on(Device device, Function<NDManager, NDArray> operation) {
        try (NDManager manager = Torch.newManager(device)) {
            NDArray result = operation.apply(manager);
            assertThat(result.getDevice()).isEqualTo(device);
            return result.toFloatArray();
        }
    }

    private static NDArray values(NDManager manager, String name, Shape shape) {
        RandomStream random = new Seeds(1).stream(name, 0, 0);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, shape);
    }
}

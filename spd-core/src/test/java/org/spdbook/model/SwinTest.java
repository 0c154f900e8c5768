package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Torch;
import org.spdbook.train.Seeds;

class SwinTest {

    private static final SwinConfig CONFIG =
            new SwinConfig(64, 4, 3, 8, List.of(2, 2), List.of(2, 4), 7, 2, Activation.GELU, 1e-5, 0, 5);

    private NDManager manager;
    private Swin model;

    @BeforeEach
    void made() {
        manager = Torch.newManager();
        Parameters parameters = new Parameters(manager);
        Swin.shapes(CONFIG).forEach((name, shape) -> {
            var random = new Seeds(3).stream(name, 0, 0);
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (.2 * random.nextGaussian());
            }
            parameters.add(name, manager.create(values, shape));
        });
        model = new Swin(CONFIG, parameters);
    }

    @AfterEach
    void freed() {
        model.close();
        manager.close();
    }

    /** What the graph needs must not hang on Java's handles, which a block closes when it returns. */
    @Test
    void should_give_the_same_gradients_when_the_collector_runs_before_backward() {
        List<float[]> expected = gradients(() -> {});

        List<float[]> found = gradients(SwinTest::collectAndOverwrite);

        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i))
                    .as(model.parameters().names().get(i))
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(expected.get(i));
        }
    }

    private List<float[]> gradients(Runnable beforeBackward) {
        NDArray images = manager.arange(0, 2 * 3 * 64 * 64, 1, DataType.FLOAT32)
                .mul(.37)
                .sin()
                .reshape(2, 3, 64, 64);
        NDArray labels = manager.zeros(new Shape(2), DataType.INT64);
        Autograd.valueAndBackward(() -> {
            NDArray loss = Ops.crossEntropy(model.logits(images, true), labels, 0);
            beforeBackward.run();
            return loss;
        });
        List<NDArray> live =
                Autograd.gradients(List.copyOf(model.parameters().asMap().values()));
        List<float[]> values = live.stream().map(NDArray::toFloatArray).toList();
        Autograd.zero(live);
        return values;
    }

    /** Lets the collector free direct buffers, and takes their memory again for other values. */
    private static void collectAndOverwrite() {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            System.gc();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (int i = 0; i < 50; i++) {
                byte[] others = new byte[Long.BYTES * 49 * 49];
                Arrays.fill(others, (byte) 1);
                taken.add(ByteBuffer.allocateDirect(others.length).put(others));
            }
        }
        assertThat(taken).hasSize(250);
    }
}

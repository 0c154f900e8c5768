package org.spdbook.twin.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Torch;
import org.spdbook.weights.Safetensors;

/** The net beside the reference in PyTorch, by the fixture whose folder says how it was made. */
class SceneNetTest {

    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/scene-net");
    private static final int HEADS = 2;
    private static final double TOLERANCE = 1e-5; // of the largest value: float32 in another order of sums

    @Test
    void should_agree_with_the_reference_when_forward_and_backward_run() throws IOException {
        try (NDManager manager = Torch.newManager();
                Safetensors weights = Safetensors.open(FIXTURE.resolve("weights.safetensors"));
                Safetensors expected = Safetensors.open(FIXTURE.resolve("expected.safetensors"));
                var parameters = new Parameters(manager)) {
            SceneNetConfig config = SceneNetConfig.of(weights, HEADS);
            Map<String, NDArray> all = weights.loadAll(manager);
            SceneNet.shapes(config)
                    .forEach((name, shape) -> assertThat(parameters
                                    .add(name, Objects.requireNonNull(all.get(name), name))
                                    .getShape())
                            .isEqualTo(shape));
            assertThat(parameters.names()).hasSameSizeAs(weights.names());
            var net = new SceneNet(config, parameters);
            NDArray images = expected.load(manager, "images");
            NDArray labels = expected.load(manager, "labels");

            NDArray logits = Autograd.withoutRecording(() -> net.forward(images));
            double loss = Autograd.valueAndBackward(() -> net.loss(images, labels));

            assertClose(logits, expected.load(manager, "logits"), "logits");
            assertThat(loss).isCloseTo(expected.load(manager, "loss").toFloatArray()[0], within(1e-6));
            for (String name : parameters.names()) {
                NDArray gradient = parameters.get(name).getGradient();
                assertClose(gradient, expected.load(manager, "gradient." + name), name);
            }
        }
    }

    private static void assertClose(NDArray actual, NDArray expected, String what) {
        assertThat(actual.getShape()).as(what).isEqualTo(expected.getShape());
        double largest = expected.abs().max().toFloatArray()[0];
        double difference = actual.sub(expected).abs().max().toFloatArray()[0];
        assertThat(largest).as(what).isGreaterThan(0);
        assertThat(difference).as(what).isLessThan(Math.max(TOLERANCE * largest, 1e-8));
    }
}

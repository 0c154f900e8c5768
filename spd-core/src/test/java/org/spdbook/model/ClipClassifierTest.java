package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spdbook.nn.Activation;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class ClipClassifierTest {

    private static final int PICTURES = 400;

    private final NDManager manager = Torch.newManager();

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    /** Two blocks, of which the second alone is dropped. */
    private ClipClassifier made() {
        var tower = new TowerConfig(8, 2, 1, 16, Activation.QUICK_GELU, 1e-5);
        var config = new ClipConfig(new ClipConfig.Image(tower, 8, 4, 3), null, 4);
        var parameters = new Parameters(manager);
        RandomStream random = new Seeds(3).stream("made clip", 0, 0);
        ClipVit.shapes(config)
                .forEach((name, shape) -> parameters.add(name, manager.create(values(shape, random), shape)));
        return new ClipClassifier(
                new ClipVit(config, parameters), manager.create(values(new Shape(3, 4), random), new Shape(3, 4)));
    }

    private static float[] values(Shape shape, RandomStream random) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (.5 * random.nextGaussian());
        }
        return values;
    }

    /** The same picture many times. */
    private NDArray pictures() {
        var shape = new Shape(1, 3, 8, 8);
        return manager.create(values(shape, new Seeds(4).stream("made picture", 0, 0)), shape)
                .repeat(0, PICTURES);
    }

    @Test
    void should_leave_out_halves_of_the_last_block_when_paths_are_dropped() {
        try (ClipClassifier classifier = made()) {
            NDArray pictures = pictures();
            float[] plain = classifier.forward(pictures).toFloatArray();
            Torch.seed(1);
            float[] dropped = classifier.forward(pictures, .5).toFloatArray();
            Map<String, Integer> kinds = new HashMap<>();
            for (int i = 0; i < dropped.length; i += 3) {
                kinds.merge(Math.round(1e4 * dropped[i]) + " " + Math.round(1e4 * dropped[i + 1]), 1, Integer::sum);
            }

            assertThat(kinds.values()) // each half kept or not
                    .hasSize(4)
                    .allSatisfy(count -> assertThat(count).isBetween(65, 135)); // four standard deviations
            assertThat(classifier.forward(pictures, 0).toFloatArray()).isEqualTo(plain);
            Torch.seed(1);
            assertThat(classifier.forward(pictures, .5).toFloatArray()).isEqualTo(dropped);
            Torch.seed(2);
            assertThat(Arrays.equals(classifier.forward(pictures, .5).toFloatArray(), dropped))
                    .isFalse();
        }
    }
}

package org.spdbook.twin.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.World;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.twin.drawing.ShapeClass;
import org.spdbook.twin.vision.Classifier;
import org.spdbook.twin.vision.ShippedClassifier;
import org.spdbook.twin.vision.VisionInput;

class ImageNetSetsTest {

    private static final int BATCH = 200;

    /** The candidates that the second pre-training gets wrong, computed anew; written to target for when the drawing changes. */
    private static List<Integer> wrong() throws Exception {
        List<Integer> wrong = new ArrayList<>();
        var world = (ShapesWorld) World.named("imagenet", Profile.TWIN).with(Map.of(World.PRETRAINED, "1"));
        try (NDManager manager = Torch.newManager();
                Classifier classifier = ShippedClassifier.load(world.weights(), manager)) {
            for (int first = 0; first < ImageNetSets.CANDIDATES; first += BATCH) {
                long[] found = predictions(manager, classifier, first);
                for (int i = 0; i < BATCH; i++) {
                    if (found[i] != (first + i) % ShapeClass.USED) {
                        wrong.add(first + i);
                    }
                }
            }
        }
        List<Integer> chosen = wrong.subList(0, ShapesData.TEST);
        Files.writeString(
                Path.of("target", "adversarial.txt"),
                chosen.stream().map(String::valueOf).collect(Collectors.joining(" ", "", "\n")),
                StandardCharsets.US_ASCII);
        return chosen;
    }

    private static long[] predictions(NDManager manager, Classifier classifier, int first) {
        return Scope.compute(() -> Autograd.withoutRecording(() -> {
            int size = VisionInput.SIDE * VisionInput.SIDE * VisionInput.CHANNELS;
            float[] values = new float[BATCH * size];
            for (int i = 0; i < BATCH; i++) {
                System.arraycopy(VisionInput.of(ImageNetSets.candidate(first + i)), 0, values, i * size, size);
            }
            NDArray images =
                    manager.create(values, new Shape(BATCH, VisionInput.SIDE, VisionInput.SIDE, VisionInput.CHANNELS));
            return classifier.forward(images).argMax(1).toLongArray();
        }));
    }

    @Test
    void should_be_what_another_pre_training_gets_wrong() throws Exception {
        List<Integer> stored = Arrays.stream(ImageNetSets.chosen()).boxed().toList();
        List<Integer> computed = wrong();

        assertThat(stored).hasSize(ShapesData.TEST).doesNotHaveDuplicates();
        // an answer between two classes may be another with another arithmetic
        assertThat(computed.stream().filter(stored::contains).count()).isGreaterThanOrEqualTo(594);
    }

    @Test
    void should_be_trained_on_photographs_only() {
        World world = World.named("imagenet");

        assertThat(world.domains()).containsExactly("imagenet", "v2", "a", "r", "sketch");
        assertThat(world.trainable()).containsExactly("imagenet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.open("sketch", 0))
                .withMessageContaining("domain sketch is not known; choose one of imagenet");
    }
}

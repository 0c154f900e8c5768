package org.spdbook.twin.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.World;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.drawing.Image;

class PascalWorldTest {

    private static final int PIXELS = Image.SIDE * Image.SIDE;

    @Test
    void should_put_no_adapter_around_the_head_when_it_is_trained_itself() {
        Recipe recipe = World.named("pascal").recipe().with(Map.of("trained", "lora"));

        List<String> trained = Experiment.groups(World.named("pascal"), recipe).groups().stream()
                .map(group -> group.layer() + " " + group.tensors())
                .toList();

        assertThat(trained).contains("head 2"); // weight and bias
    }

    @Test
    void should_be_found_and_be_the_same_when_asked_again() {
        World world = World.named("pascal");

        assertThat(world.domains()).containsExactly("clean", "fog", "defocus", "gaussian", "brightness");
        assertThat(world.trainable()).containsExactly("clean");
        assertThat(world.classes()).hasSize(9).startsWith("background", "house", "car");
        assertThat(world.fingerprint()).isEqualTo(new PascalWorld().fingerprint());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.open("fog", 0))
                .withMessageContaining("clean");
    }

    @Test
    void should_have_mostly_background_and_all_classes_when_scenes_are_drawn() {
        SceneExamples training = ScenesData.examples(SceneCorruption.CLEAN, OpenTwin.Part.TRAINING, 0);
        long[] counts = new long[9];
        training.labels().forEach(labels -> IntStream.range(0, labels.length).forEach(i -> counts[labels[i]]++));

        assertThat(training.inputs()).hasSize(240);
        assertThat(100.0 * counts[0] / (240 * PIXELS)).isBetween(84.0, 91.0); // the reference has 87 to 88
        assertThat(Arrays.stream(counts).skip(1)).allMatch(pixels -> pixels > 240 * PIXELS * .003);
    }

    @Test
    void should_mirror_image_and_labels_alike_when_an_example_is_mirrored() {
        SceneExamples training = ScenesData.examples(SceneCorruption.CLEAN, OpenTwin.Part.TRAINING, 0);
        float[] input = new float[2 * SceneExamples.INPUT];
        long[] labels = new long[2 * PIXELS];

        training.write(3, false, input, labels, 0);
        training.write(3, true, input, labels, 1);

        for (int pixel = 0; pixel < PIXELS; pixel++) {
            int other = PIXELS + pixel / Image.SIDE * Image.SIDE + Image.SIDE - 1 - pixel % Image.SIDE;
            assertThat(labels[other]).isEqualTo(labels[pixel]);
            assertThat(input[4 * other]).isEqualTo(input[4 * pixel]);
        }
        assertThat(Arrays.copyOf(labels, PIXELS)).isNotEqualTo(Arrays.copyOfRange(labels, PIXELS, 2 * PIXELS));
    }

    @ParameterizedTest
    @EnumSource(SceneCorruption.class)
    void should_follow_its_formula_when_a_grey_image_is_corrupted(SceneCorruption corruption) {
        Image grey = Image.of((x, y, c) -> .4);
        RandomStream random = new Seeds(5).stream("test", 0, 0);
        double[] values = values(corruption.apply(grey, 1, random));
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());

        switch (corruption) {
            case CLEAN, DEFOCUS -> assertThat(values).containsOnly(new double[] {.4}, within(1e-12));
            case BRIGHTNESS -> assertThat(values).containsOnly(new double[] {.75}, within(1e-12));
            case GAUSSIAN -> {
                assertThat(mean).isCloseTo(.4, within(.01));
                assertThat(deviation).isCloseTo(.16, within(.006)); // s.d. of an s.d. of 3072 values: .002
            }
            case FOG -> {
                assertThat(Arrays.stream(values))
                        .allMatch(value -> value >= .4 + .25 * .45 - 1e-9 && value <= .4 + .85 * .45 + 1e-9);
                assertThat(deviation).isGreaterThan(.01);
            }
        }
    }

    @Test
    void should_spread_a_dot_over_a_disk_when_defocused() {
        Image dot = Image.of((x, y, c) -> x == 16 && y == 16 ? 1 : 0);

        double[] values = values(SceneCorruption.DEFOCUS.apply(dot, 1, new Seeds(0).stream("test", 0, 0)));

        // radius 2.2: the 21 places with dx^2 + dy^2 <= 5.14
        assertThat(Arrays.stream(values).filter(value -> value > 0).count()).isEqualTo(3 * 21);
        assertThat(Arrays.stream(values).sum()).isCloseTo(3, within(1e-9));
    }

    @Test
    void should_learn_and_leave_the_new_head_out_of_the_deviation_when_trained() {
        Run run = trained(Map.of("epochs", "2"), 1);
        Run nothing = trained(Map.of("epochs", "1", "trained", "head"), 1);

        assertThat(run.id()).isGreaterThan(5 + run.zeroShot().getOrDefault("clean", 100.0));
        assertThat(run.deviation()).isPositive();
        assertThat(nothing.deviation()).isZero();
        assertThat(run.outcomes()).hasSize(5);
    }

    @Test
    void should_train_adapters_and_head_alone_when_asked_to() {
        Run run = trained(Map.of("epochs", "2", "trained", "adapters"), 1);
        Run head = trained(Map.of("epochs", "2", "trained", "head"), 1);

        assertThat(run.deviation()).isZero();
        assertThat(run.zeroShot()).isEqualTo(head.zeroShot()); // adapters begin as nothing
        assertThat(run.losses().get(0)).isEqualTo(head.losses().get(0));
        assertThat(run.losses().get(20)).isNotEqualTo(head.losses().get(20));
        assertThat(run.history().tensors())
                .hasSize(3 * 2 * 4 + 2)
                .allMatch(name -> name.startsWith("head.") || name.contains(".adapter_"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(new ExperimentSpec(
                        "imagenet", "twin", "imagenet", "adam", 1e-3, 0, Map.of(), Map.of("trained", "adapters"))))
                .withMessageContaining("trained=adapters needs a model with adapters");
    }

    private static Run trained(Map<String, String> settings, long seed) {
        var spec = new ExperimentSpec("pascal", "twin", "clean", "adam-spd", 4e-3, seed, Map.of(), settings);
        return Experiment.unstored(Plan.of(spec), Progress.SILENT, new Cancel());
    }

    private static double[] values(Image image) {
        return IntStream.range(0, 3 * PIXELS)
                .mapToDouble(i -> image.at(i / 3 % Image.SIDE, i / 3 / Image.SIDE, i % 3))
                .toArray();
    }
}

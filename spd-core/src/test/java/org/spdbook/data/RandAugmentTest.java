package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Safetensors;

/** Against Pillow 12.3, by make_augmentations.py. */
class RandAugmentTest {

    private static final String FILE = "augmentations.safetensors";
    private static final RandAugment RECIPE = RandAugment.parse("rand-m9-mstd0.5-inc1", Normalization.IMAGENET);

    private static RandomStream random(int i) {
        return new Seeds(4).stream("augmentation", 0, i);
    }

    @ParameterizedTest
    @EnumSource
    void should_equal_pillow_to_the_last_bit(Augmentation change) throws IOException {
        List<String> cases;
        try (Safetensors tensors = Safetensors.open(Fixture.path(FILE))) {
            cases = tensors.names().stream()
                    .filter(name -> name.contains("." + change.name() + "."))
                    .toList();
        }
        assertThat(cases).hasSizeGreaterThanOrEqualTo(3);
        for (String name : cases) {
            double severity = Double.parseDouble(name.substring(
                    name.indexOf(change.name() + ".") + change.name().length() + 1));
            Pixels picture = Fixture.pixels(FILE, name.substring(0, 1));
            assertThat(change.apply(picture, severity, Normalization.IMAGENET.meanColour()))
                    .as(name)
                    .isEqualTo(Fixture.pixels(FILE, name));
        }
    }

    @Test
    void should_leave_a_quarter_of_the_pictures_as_they_are() {
        int unchanged = 0;
        int draws = 2000;
        Pixels picture = Fixture.pixels(FILE, "0");
        for (int i = 0; i < draws; i++) {
            unchanged += RECIPE.apply(picture, random(i)).equals(picture) ? 1 : 0;
        }
        assertThat((double) unchanged / draws).isCloseTo(.25, within(.039)); // four standard deviations
    }

    @ParameterizedTest
    @CsvSource({"9, .5", "0, 0", "5, 1e9"}) // the last is cut off at 0 and 10
    void should_make_the_changes_that_the_random_numbers_say(double magnitude, double deviation) {
        Pixels picture = Fixture.pixels(FILE, "0");
        byte[] mean = Normalization.IMAGENET.meanColour();
        Set<Augmentation> seen = EnumSet.noneOf(Augmentation.class);
        for (int i = 0; i < 60; i++) {
            RandomStream random = random(i);
            var drawn = List.of(Augmentation.values()[random.nextInt(15)], Augmentation.values()[random.nextInt(15)]);
            Pixels expected = picture;
            for (Augmentation change : drawn) {
                if (random.nextDouble() < .5) {
                    double severity = Math.max(0, Math.min(10, magnitude + deviation * random.nextGaussian())) / 10;
                    boolean opposite = change.hasTwoSides() && random.nextDouble() < .5;
                    expected = change.apply(expected, opposite ? -severity : severity, mean);
                    seen.add(change);
                }
            }
            assertThat(new RandAugment(magnitude, deviation, Normalization.IMAGENET).apply(picture, random(i)))
                    .isEqualTo(expected);
        }
        assertThat(seen).hasSizeGreaterThan(12);
    }

    @Test
    void should_have_the_mean_of_imagenet_as_colour() {
        assertThat(Normalization.IMAGENET.meanColour()).isEqualTo(new byte[] {124, 116, 104});
    }

    @Test
    void should_refuse_when_a_word_or_a_value_makes_no_sense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandAugment.parse("rand-m9", Normalization.CLIP))
                .withMessageContaining("such as rand-m9-mstd0.5-inc1, got rand-m9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandAugment.parse("rand-m11-mstd0-inc1", Normalization.CLIP))
                .withMessageContaining("magnitude 11.0");
    }
}

package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/** Against torchvision 0.28 on Pillow pictures, by make_reference.py. */
class ImageTransformTest {

    private static final String FILE = "transforms.safetensors";

    private static Pixels of(int picture, String what) {
        return Fixture.pixels(FILE, picture + "." + what);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void should_equal_torchvision_when_the_middle_is_cut_out(int i) {
        Pixels picture = of(i, "picture");
        Pixels small = Resize.toShortSide(32, picture, Resampling.BILINEAR).apply(picture);

        assertThat(Crop.center(small, 29).apply(small)).isEqualTo(of(i, "middle"));
        assertThat(Crop.center(picture, 47).apply(picture)).isEqualTo(of(i, "padded"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void should_equal_torchvision_when_a_box_is_resized_mirrored_and_normalised(int i) {
        Pixels picture = of(i, "picture");
        Pixels cut = new Crop(3, 5, picture.height() - 9, picture.width() - 12).apply(picture);
        Pixels square = new Resize(24, 24, Resampling.BILINEAR).apply(cut);

        assertThat(square).isEqualTo(of(i, "square"));
        assertThat(square.mirrored()).isEqualTo(of(i, "mirrored"));
        for (Normalization normalization : List.of(Normalization.CLIP, Normalization.DOMAINNET)) {
            assertThat(normalization.apply(square)).isEqualTo(Fixture.floats(FILE, i + "." + normalization.word()));
        }
    }

    @Test
    void should_choose_the_boxes_of_torchvision_when_it_is_given_our_random_numbers() throws IOException {
        int[][] rows = new Gson().fromJson(Files.readString(Fixture.path("boxes.json")), int[][].class);
        Set<Crop> boxes = new HashSet<>();
        for (int[] row : rows) {
            Crop box =
                    RandomResizedCrop.to(224).box(row[2], row[3], new Seeds(row[0]).stream("augmentation", 2, row[1]));
            assertThat(box).as("box " + row[1]).isEqualTo(new Crop(row[4], row[5], row[6], row[7]));
            boxes.add(box);
        }
        assertThat(rows.length).isEqualTo(400);
        // the rows have three shapes in which a box fits at once, 50 times each, and two in which the middle is taken
        // at times
        assertThat(boxes.size()).isGreaterThan(150);
        assertThat(boxes).contains(new Crop(0, 433, 100, 133), new Crop(390, 0, 120, 90));
    }

    @Test
    void should_repeat_training_pictures_when_seed_epoch_and_index_are_the_same() {
        var transform = ImageTransform.domainNet(224, Normalization.CLIP);
        Pixels picture = of(0, "picture");
        var seeds = new Seeds(3);
        float[] first = transform.training(picture, seeds.stream("augmentation", 0, 0));

        assertThat(first).hasSize(3 * 224 * 224);
        assertThat(transform.training(picture, seeds.stream("augmentation", 0, 0)))
                .isEqualTo(first);
        assertThat(transform.training(picture, seeds.stream("augmentation", 1, 0)))
                .isNotEqualTo(first);
        assertThat(transform.test(picture)).hasSize(3 * 224 * 224);
    }

    @Test
    void should_mirror_half_of_the_pictures_when_training() {
        var transform =
                new ImageTransform(8, new RandomResizedCrop(8, 1, 1, 1, Resampling.BILINEAR), Normalization.CLIP, null);
        Pixels picture = Crop.center(of(2, "picture"), 8).apply(of(2, "picture"));
        float[] plain = Normalization.CLIP.apply(picture);
        float[] mirrored = Normalization.CLIP.apply(picture.mirrored());
        int turned = 0;
        for (int i = 0; i < 400; i++) {
            float[] result = transform.training(picture, new Seeds(0).stream("augmentation", 0, i));
            boolean isMirrored = java.util.Arrays.equals(result, mirrored);
            assertThat(isMirrored || java.util.Arrays.equals(result, plain)).isTrue();
            turned += isMirrored ? 1 : 0;
        }
        assertThat(turned).isBetween(160, 240); // four standard deviations
    }

    @Test
    void should_augment_the_mirrored_box_when_training_alone() {
        var plain = ImageTransform.imageNet(24, Normalization.IMAGENET);
        var policy = RandAugment.parse("rand-m9-mstd0.5-inc1", Normalization.IMAGENET);
        Pixels picture = of(0, "picture");
        for (int i = 0; i < 30; i++) {
            RandomStream random = new Seeds(0).stream("augmentation", 0, i);
            Pixels square = plain.crop().apply(picture, random);
            Pixels turned = random.chance(.5) ? square.mirrored() : square;
            assertThat(plain.with(policy).training(picture, new Seeds(0).stream("augmentation", 0, i)))
                    .isEqualTo(Normalization.IMAGENET.apply(policy.apply(turned, random)));
        }
        assertThat(plain.with(policy).test(picture)).isEqualTo(plain.test(picture));
    }

    @Test
    void should_refuse_when_a_value_makes_no_sense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Crop(0, 0, 0, 3))
                .withMessageContaining("0 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomResizedCrop(224, 0, 1, 1, Resampling.BILINEAR))
                .withMessageContaining("smallest 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Normalization.CLIP.apply(new Pixels(1, 1, Pixels.L, new byte[1])))
                .withMessageContaining("RGB");
    }
}

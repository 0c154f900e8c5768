package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class ResizeTest {

    private static final int CASES = 40;

    @ParameterizedTest
    @EnumSource
    void should_return_the_same_bytes_when_the_size_stays(Resampling kernel) {
        for (int i = 0; i < CASES; i++) {
            RandomStream random = new Seeds(1).stream("identity", kernel.ordinal(), i);
            Pixels picture = random(random);

            assertThat(new Resize(picture.height(), picture.width(), kernel).apply(picture))
                    .isEqualTo(picture);
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_stay_constant_when_all_values_are_equal(Resampling kernel) {
        for (int i = 0; i < CASES; i++) {
            RandomStream random = new Seeds(2).stream("constant", kernel.ordinal(), i);
            Pixels picture = random(random);
            byte value = (byte) random.nextInt(256);
            Arrays.fill(picture.values(), value);
            makeOpaque(picture);

            Pixels resized = new Resize(1 + random.nextInt(60), 1 + random.nextInt(60), kernel).apply(picture);

            for (int at = 0; at < resized.values().length; at++) {
                boolean opacity = picture.channels() == Pixels.RGBA && at % 4 == 3;
                assertThat(resized.values()[at]).isEqualTo(opacity ? (byte) 255 : value);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_commute_with_turning_the_picture_by_half_when_values_lie_between_two_pixels(Resampling kernel) {
        for (int i = 0; i < CASES; i++) {
            RandomStream random = new Seeds(3).stream("mirror", kernel.ordinal(), i);
            Pixels picture = random(random, i % 2 == 0 ? Pixels.L : Pixels.RGB);
            var resize = new Resize(1 + random.nextInt(60), 1 + random.nextInt(60), kernel);

            Pixels oneWay = mirrored(resize.apply(picture));
            Pixels otherWay = resize.apply(mirrored(picture));

            // a sum that rounds to a half goes up on both ways, and the second pass sees it
            long apart = IntStream.range(0, oneWay.values().length)
                    .map(at -> Math.abs((oneWay.values()[at] & 0xFF) - (otherWay.values()[at] & 0xFF)))
                    .filter(difference -> difference > 1)
                    .count();
            assertThat(apart).isZero();
        }
    }

    @Test
    void should_not_touch_the_given_picture_when_it_is_resized() {
        Pixels picture = random(new Seeds(4).stream("untouched", 0, 0));
        byte[] before = picture.values().clone();

        new Resize(7, 5, Resampling.LANCZOS).apply(picture);

        assertThat(picture.values()).isEqualTo(before);
    }

    @Test
    void should_keep_colours_of_clear_pixels_out_when_rgba_is_resized() {
        var picture = new Pixels(1, 2, Pixels.RGBA, new byte[] {10, 20, 30, -1, -1, -1, -1, 0});

        Pixels resized = new Resize(1, 1, Resampling.BILINEAR).apply(picture);

        assertThat(IntStream.range(0, 4).map(c -> resized.at(0, 0, c))).containsExactly(9, 19, 29, 128);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void should_refuse_in_a_sentence_when_a_size_is_not_positive(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resize(size, 4, Resampling.BICUBIC))
                .withMessage("resize needs height and width >= 1, got " + size + " x 4 (height x width)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pixels(3, size, Pixels.L, new byte[0]))
                .withMessage("a picture needs height and width >= 1, got 3 x " + size + " (height x width)");
    }

    @Test
    void should_refuse_in_a_sentence_when_bytes_channels_kernel_or_extent_do_not_fit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pixels(2, 2, Pixels.RGB, new byte[11]))
                .withMessage("a picture of 2 x 2 x 3 needs 12 bytes, got 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pixels(2, 2, 2, new byte[8]))
                .withMessage("a picture has 1 (L), 3 (RGB) or 4 (RGBA) channels, got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resampling.of("box"))
                .withMessage("resampling box is not known; choose one of bilinear, bicubic, lanczos");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resize(1 << 20, 1 << 20, Resampling.BILINEAR)
                        .apply(new Pixels(1, 1, Pixels.L, new byte[1])))
                .withMessageStartingWith(
                        "resizing a L picture of 1 x 1 to 1048576 x 1048576 needs 1099511627776 bytes");
    }

    private static Pixels random(RandomStream random) {
        return random(random, new int[] {Pixels.L, Pixels.RGB, Pixels.RGBA}[random.nextInt(3)]);
    }

    private static Pixels random(RandomStream random, int channels) {
        int height = 1 + random.nextInt(50);
        int width = 1 + random.nextInt(50);
        byte[] values = new byte[height * width * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) random.nextInt(256);
        }
        return new Pixels(height, width, channels, values);
    }

    private static void makeOpaque(Pixels picture) {
        for (int i = 3; picture.channels() == Pixels.RGBA && i < picture.values().length; i += 4) {
            picture.values()[i] = -1;
        }
    }

    private static Pixels mirrored(Pixels picture) {
        int channels = picture.channels();
        byte[] values = new byte[picture.values().length];
        for (int i = 0; i < values.length; i++) {
            values[values.length - channels - i / channels * channels + i % channels] = picture.values()[i];
        }
        return new Pixels(picture.height(), picture.width(), channels, values);
    }
}

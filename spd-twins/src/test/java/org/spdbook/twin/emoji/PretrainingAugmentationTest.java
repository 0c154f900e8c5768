package org.spdbook.twin.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Safetensors;

/** Against PyTorch: {@code fixtures/emoji-augmentation}, made by the script beside it. */
class PretrainingAugmentationTest {

    /**
     * PyTorch computes positions in float32: half an ulp of positions up to 32 is 1e-6 of a pixel, a few such errors add up, and
     * neighbouring pixels differ by up to 1.
     */
    private static final double LIMIT = 5e-6;

    static IntStream cases() throws Exception {
        try (Safetensors reference = reference()) {
            return IntStream.range(0, (int) reference.names().stream()
                    .filter(name -> name.startsWith("draws."))
                    .count());
        }
    }

    private static Safetensors reference() throws IOException, URISyntaxException {
        var file = PretrainingAugmentationTest.class.getResource("/fixtures/emoji-augmentation/reference.safetensors");
        return Safetensors.open(Path.of(file.toURI()));
    }

    @Test
    void should_hold_six_cases_when_the_reference_is_read() throws Exception {
        assertThat(cases().count()).isEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_sample_as_pytorch_does_when_an_image_is_warped(int number) throws Exception {
        try (Safetensors reference = reference()) {
            float[] image = reference.floats("image");
            float[] expected = reference.floats("warped." + number);
            float[] found = warp(reference.floats("draws." + number)).apply(image);

            double difference = largestDifference(found, expected);
            assertThat(difference).isLessThan(LIMIT);
            // Not because both are blank, nor because nothing was moved.
            assertThat(largestDifference(expected, image)).isGreaterThan(0.3);
            assertThat(largestDifference(expected, new float[expected.length])).isGreaterThan(0.9);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_colour_as_pytorch_does_when_an_image_is_warped_and_coloured(int number) throws Exception {
        try (Safetensors reference = reference()) {
            float[] draws = reference.floats("draws." + number);
            float[] warped = warp(draws).apply(reference.floats("image"));
            float[] found = colours(draws).apply(warped);

            assertThat(largestDifference(found, reference.floats("coloured." + number)))
                    .isLessThan(LIMIT);
        }
    }

    @Test
    void should_stay_in_the_ranges_of_the_recipe_when_numbers_are_drawn() {
        boolean mirrored = false;
        boolean grey = false;
        boolean permuted = false;
        for (int i = 0; i < 1000; i++) {
            var random = new Seeds(1).stream("augmentation", 0, i);
            AffineWarp warp = AffineWarp.draw(random);
            ColourChange colours = ColourChange.draw(random);
            mirrored |= warp.mirror() < 0;
            grey |= colours.grey();
            permuted |= colours.order()[0] != 0;

            assertThat(Math.abs(warp.angle())).isLessThanOrEqualTo(0.26);
            assertThat(warp.scale()).isBetween(1 / 1.2, 1 / 0.8);
            assertThat(warp.aspect()).isBetween(0.9, 1.1);
            assertThat(Math.max(Math.abs(warp.shiftX()), Math.abs(warp.shiftY())))
                    .isLessThanOrEqualTo(0.25);
            assertThat(colours.order()).containsExactlyInAnyOrder(0, 1, 2);
            for (int c = 0; c < 3; c++) {
                assertThat(colours.background()[c]).isBetween(0.55f, 1f);
                assertThat(colours.contrast()[c]).isBetween(0.7f, 1.2f);
                assertThat(colours.brightness()[c]).isBetween(-0.12f, 0.12f);
            }
        }
        assertThat(mirrored && grey && permuted).isTrue();
    }

    private static AffineWarp warp(float[] draws) {
        return new AffineWarp(draws[0], draws[1], draws[2], draws[3], draws[4], draws[5]);
    }

    private static ColourChange colours(float[] draws) {
        return new ColourChange(
                three(draws, 7),
                new int[] {(int) draws[10], (int) draws[11], (int) draws[12]},
                draws[6] > 0,
                three(draws, 13),
                three(draws, 16));
    }

    private static float[] three(float[] draws, int from) {
        return new float[] {draws[from], draws[from + 1], draws[from + 2]};
    }

    private static double largestDifference(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs((double) a[i] - b[i]))
                .max()
                .orElse(0);
    }
}

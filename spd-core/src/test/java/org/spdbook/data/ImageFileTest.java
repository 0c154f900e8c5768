package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the {@code convert("RGB")} of Pillow 12.3 on the files beside make_reference.py. */
class ImageFileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "png-rgb.png",
                "png-rgba.png",
                "png-clear.png",
                "png-grey.png",
                "png-grey-alpha.png",
                "png-grey-clear.png",
                "png-palette.png",
                "png-palette-clear.png",
                "png-bit.png",
                "png-grey16.png",
                "png-rgb16.png",
                "gif-palette.gif"
            })
    void should_equal_pillow_when_it_is_a_lossless_file(String name) throws IOException {
        assertThat(ImageFile.rgb(Fixture.path(name))).isEqualTo(Fixture.pixels("pillow.safetensors", name));
    }

    /**
     * No tolerance: the JDK's libjpeg and libjpeg-turbo have the same slow integer DCT and the same interpolation of colour that
     * is halved from left to right or in both directions, and the way to RGB is ours.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg-444.jpg",
                "jpeg-422.jpg",
                "jpeg-420.jpg",
                "jpeg-411.jpg",
                "jpeg-progressive.jpg",
                "jpeg-grey.jpg",
                "jpeg-cmyk.jpg",
                "jpeg-ycck.jpg",
                "jpeg-rgb.jpg",
                "jpeg-plain.jpg",
                "jpeg-adobe.jpg",
                "jpeg-profile.jpg",
                "jpeg-turned.jpg"
            })
    void should_equal_pillow_when_it_is_a_jpeg_file(String name) throws IOException {
        assertThat(ImageFile.rgb(Fixture.path(name))).isEqualTo(Fixture.pixels("pillow.safetensors", name));
    }

    /**
     * Colour halved from top to bottom alone: libjpeg-turbo interpolates it, libjpeg 6b in the JDK repeats it (a JDK built with
     * the system's libjpeg-turbo is equal). Interpolation moves a colour difference by a quarter of a step between neighbours at
     * most; those of this file span 27 levels in Cr, of which red takes 1.402, and 22 in Cb, of which blue takes 1.772; 1 for
     * rounding.
     */
    @Test
    void should_be_near_pillow_when_colour_is_halved_from_top_to_bottom() throws IOException {
        Pixels ours = ImageFile.rgb(Fixture.path("jpeg-440.jpg"));
        Pixels pillows = Fixture.pixels("pillow.safetensors", "jpeg-440.jpg");
        int worst = IntStream.range(0, ours.values().length)
                .map(i -> Math.abs((ours.values()[i] & 0xFF) - (pillows.values()[i] & 0xFF)))
                .max()
                .orElseThrow();

        assertThat(ours.height()).isEqualTo(pillows.height());
        assertThat(worst).isLessThanOrEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 500})
    void should_say_that_it_ends_early_when_bytes_of_a_jpeg_are_cut_off(int cut) throws IOException {
        byte[] file = Files.readAllBytes(Fixture.path("jpeg-420.jpg"));

        assertThatIOException()
                .isThrownBy(() -> ImageFile.rgb(Arrays.copyOf(file, file.length - cut)))
                .withMessage("ends early");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png-rgb.png", "png-palette.png", "gif-palette.gif"})
    void should_fail_when_half_of_a_file_is_cut_off(String name) throws IOException {
        byte[] file = Files.readAllBytes(Fixture.path(name));

        assertThatIOException().isThrownBy(() -> ImageFile.rgb(Arrays.copyOf(file, file.length / 2)));
    }

    @Test
    void should_name_the_file_and_what_it_is_when_it_is_no_picture(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "<html>", StandardCharsets.UTF_8);
        Path empty = Files.createFile(folder.resolve("empty.jpg"));

        assertThatIOException()
                .isThrownBy(() -> ImageFile.rgb(text))
                .withMessageContaining("text.jpg cannot be used: it is no picture, it begins with 3c 68 74 6d 6c 3e");
        assertThatIOException().isThrownBy(() -> ImageFile.rgb(empty)).withMessageContaining("it is empty");
    }
}

package org.spdbook.twin.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two made-up emoji in each style; {@code expected} holds what Pillow 12.3 makes of the same files. */
class EmojiSheetBuilderTest {

    private static final Path PACKAGES = Path.of("src/test/resources/emoji-packages");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void should_make_the_sheet_that_pillow_makes_when_drawings_are_png_svg_or_webp(Style style) throws Exception {
        EmojiSheetBuilder builder = EmojiSheetBuilder.from(PACKAGES);

        BufferedImage sheet = builder.sheet(style);
        BufferedImage expected = ImageIO.read(
                PACKAGES.resolve("expected/" + style.word() + ".png").toFile());

        SheetDifference difference = SheetDifference.of(sheet, expected, builder.codes());
        // the second Fluent drawing is lossy WebP, whose decoders round colours apart
        assertThat(difference.differing()).isLessThanOrEqualTo(style == Style.FLUENT ? 1 : 0);
        assertThat(difference.largest()).isLessThanOrEqualTo(style == Style.FLUENT ? 3 : 0);
    }

    @Test
    void should_take_emoji_of_a_class_that_all_teams_drew_when_packages_are_read() throws Exception {
        assertThat(EmojiSheetBuilder.from(PACKAGES).codes()).containsExactly("1F300", "2600-FE0F");
    }

    @Test
    void should_write_openmoji_apart_when_sheets_are_written() throws Exception {
        BufferedImage sheet = EmojiSheetBuilder.from(PACKAGES).sheet(Style.BLACK);

        Path file = EmojiSheetBuilder.write(sheet, Style.BLACK, folder);

        assertThat(file).isEqualTo(folder.resolve("openmoji/black.png"));
        assertThat(SheetDifference.of(ImageIO.read(file.toFile()), sheet, List.of("1F300", "2600-FE0F"))
                        .differing())
                .isZero();
    }

    @Test
    void should_find_no_difference_when_a_shipped_sheet_is_compared_with_itself() {
        BufferedImage sheet = new EmojiSheets().sheet(Style.NOTO);

        SheetDifference difference = SheetDifference.toShipped(sheet, Style.NOTO, List.of("a", "b"));

        assertThat(difference).isEqualTo(new SheetDifference(2, 0, 0, 0, 0, "", 0));
    }

    @Test
    void should_weigh_colours_by_opacity_when_sheets_differ() {
        BufferedImage ours = new BufferedImage(1216, 32, BufferedImage.TYPE_INT_ARGB);
        BufferedImage theirs = new BufferedImage(1216, 32, BufferedImage.TYPE_INT_ARGB);
        theirs.setRGB(33, 0, 0x33_FF_00_00); // red at a fifth, in the second drawing
        ours.setRGB(33, 0, 0x33_00_00_00);

        SheetDifference difference = SheetDifference.of(ours, theirs, List.of("a", "b", "c"));

        assertThat(difference.differing()).isEqualTo(1);
        assertThat(difference.largest()).isEqualTo(0x33);
        assertThat(difference.worst()).isEqualTo("1: b");
        assertThat(difference.worstMean()).isEqualTo(0x33 / 4096.0);
        assertThat(difference.mean()).isEqualTo(0x33 / 4096.0 / 3);
    }

    @Test
    void should_refuse_in_a_sentence_when_sheets_differ_in_size() throws Exception {
        BufferedImage sheet = EmojiSheetBuilder.from(PACKAGES).sheet(Style.NOTO);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SheetDifference.toShipped(sheet, Style.NOTO, List.of("1F300")))
                .withMessage("the shipped sheet is 1216 x 1216 pixels, the one made 1216 x 32; the packages list other"
                        + " emoji than the shipped sheets hold");
    }

    @Test
    void should_name_what_is_missing_and_how_to_get_it_when_packages_are_not_all_there() throws Exception {
        copy("names/package.json");

        assertThatIOException()
                .isThrownBy(() -> EmojiSheetBuilder.from(folder))
                .withMessageContaining("is of emoji-datasource-google@16.0.0, emoji-datasource-twitter@16.0.0,"
                        + " openmoji@17.0.0, @lobehub/fluent-emoji-3d@1.1.0; get the packages by: npm install");
        assertThatIOException()
                .isThrownBy(() -> EmojiSheetBuilder.from(folder.resolve("none")))
                .withMessageContaining("none is not a folder; get the packages by: npm install");
    }

    @Test
    void should_name_the_file_when_a_drawing_is_broken() throws Exception {
        try (var files = Files.walk(PACKAGES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(PACKAGES.relativize(file).toString());
            }
        }
        EmojiSheetBuilder builder = EmojiSheetBuilder.from(folder);
        for (Style style : Style.values()) {
            Path file = EmojiFiles.all(EmojiPackages.in(folder)).get(1).files().get(style);
            Files.writeString(file, "not a drawing");

            assertThatIOException()
                    .isThrownBy(() -> builder.sheet(style))
                    .withMessageContaining("reading the drawing " + file + " failed: ");
        }
    }

    private void copy(String name) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.copy(PACKAGES.resolve(name), folder.resolve(name));
    }
}

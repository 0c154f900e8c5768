package org.spdbook.twin.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spdbook.twin.vision.VisionInput;
import org.spdbook.weights.Safetensors;

class EmojiDataTest {

    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/emoji-vit");
    private final EmojiManifest manifest = EmojiManifest.load();

    @Test
    void should_test_every_concept_once_when_three_seeds_are_run() {
        Set<Integer> tested = new HashSet<>();
        int[] sizes = {162, 159, 159};
        for (int seed = 0; seed < 3; seed++) {
            EmojiSplit split = EmojiSplit.of(manifest, seed);
            assertThat(split.test()).hasSize(sizes[seed]);
            assertThat(split.train()).hasSizeBetween(534, 536);
            assertThat(split.validation()).hasSizeBetween(106, 107);
            split.test().forEach(row -> assertThat(tested.add(row.row())).isTrue());
        }
        assertThat(tested).hasSize(480);
        assertThat(manifest.classes()).hasSize(23);
        assertThat(manifest.pretrainingClasses()).hasSize(26).endsWith("clock", "heart", "sign");
        assertThat(manifest.rows().stream().filter(row -> row.part() < 0)).hasSize(813);
    }

    @Test
    void should_choose_the_reference_rows_when_the_seed_is_zero() throws Exception {
        var note = JsonParser.parseString(Files.readString(FIXTURE.resolve("note.json")))
                .getAsJsonObject();
        List<Integer> expected = new ArrayList<>();
        note.getAsJsonArray("test_rows_seed0").forEach(row -> expected.add(row.getAsInt()));

        assertThat(EmojiSplit.of(manifest, 0).test())
                .extracting(EmojiManifest.Row::row)
                .isEqualTo(expected);
    }

    @Test
    void should_give_the_reference_pixels_and_inputs_when_a_drawing_is_read() throws Exception {
        var note = JsonParser.parseString(Files.readString(FIXTURE.resolve("note.json")))
                .getAsJsonObject();
        var sheets = new EmojiSheets();
        try (Safetensors io = Safetensors.open(FIXTURE.resolve("io.safetensors"))) {
            long[] pixels = io.longs("rgba");
            float[] inputs = io.floats("input");
            int length = EmojiSheets.SIZE * EmojiSheets.SIZE * 4;
            for (int i = 0; i < note.getAsJsonArray("rows").size(); i++) {
                int[] rgba = sheets.rgba(
                        Style.NOTO, note.getAsJsonArray("rows").get(i).getAsInt());
                float[] input = VisionInput.of(rgba);
                for (int k = 0; k < length; k++) {
                    boolean visible = rgba[k - k % 4 + 3] > 0;
                    assertThat((long) rgba[k]).isEqualTo(visible ? pixels[i * length + k] : 0);
                    assertThat(input[k]).isCloseTo(inputs[i * length + k], within(2e-6f));
                }
            }
        }
    }
}

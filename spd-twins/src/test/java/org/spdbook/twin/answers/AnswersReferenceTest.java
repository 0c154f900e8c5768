package org.spdbook.twin.answers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.weights.JsonFile;

/** Every scene, question and picture against the Python reference: {@code fixtures/answers}, made by the script beside it. Noise is not compared. */
class AnswersReferenceTest {

    private static final Map<Topic, String> TOPICS = Map.of(
            Topic.COLOUR, "color",
            Topic.SHAPE, "shape",
            Topic.COUNT, "count",
            Topic.EXIST, "exist",
            Topic.POSITION, "pos",
            Topic.TEXT, "text",
            Topic.KNOWLEDGE, "know");
    private static JsonObject reference = new JsonObject();

    @BeforeAll
    static void read() throws Exception {
        reference = JsonFile.object(Path.of("src/test/resources/fixtures/answers/reference.json"));
    }

    @Test
    void should_know_the_words_of_the_reference() {
        assertThat(String.join(" ", Words.list()))
                .isEqualTo(reference.get("vocabulary").getAsString());
        JsonObject styles = reference.getAsJsonObject("long");
        assertThat(styles.keySet())
                .hasSize(30)
                .allSatisfy(word -> assertThat(Words.longOf(word))
                        .isEqualTo(styles.get(word).getAsString()));
    }

    @Test
    void should_draw_things_on_the_pixels_of_the_reference() {
        JsonObject masks = reference.getAsJsonObject("masks");
        assertThat(masks.keySet()).containsExactlyElementsOf(Thing.SHAPES).allSatisfy(shape -> {
            boolean[] mask = Masks.of(shape);
            assertThat(IntStream.range(0, mask.length)
                            .mapToObj(i -> mask[i] ? "#" : ".")
                            .collect(Collectors.joining()))
                    .isEqualTo(masks.get(shape).getAsString());
        });
    }

    @Test
    void should_draw_the_scenes_of_the_reference_when_the_tower_learns_to_see() throws Exception {
        var items = new PretrainingItems(20);
        List<Drawing> drawings = new ArrayList<>();
        for (int batch = 0; batch < 4; batch++) {
            drawings.addAll(items.drawings(64));
        }

        assertSame(
                drawings.stream().map(drawing -> shown(drawing.scene())).toList(), drawings, reference.get("scenes"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 0"})
    void should_ask_the_questions_of_the_reference_when_pretrained(int number, int things) throws Exception {
        assertSame(
                new PretrainingItems(21).items(400, things),
                reference.getAsJsonArray("pretraining").get(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void should_train_and_choose_by_the_questions_of_the_reference_when_seeded_alike(int seed) throws Exception {
        assertSame(
                AnswersSet.training(seed), reference.getAsJsonArray("training").get(seed));
        assertSame(
                AnswersSet.validation(seed),
                reference.getAsJsonArray("validation").get(seed));
    }

    @ParameterizedTest
    @EnumSource(AnswersSet.class)
    void should_test_on_the_questions_of_the_reference(AnswersSet set) throws Exception {
        assertThat(reference.getAsJsonObject("sets").keySet()).containsExactlyElementsOf(AnswersSet.words());
        assertSame(set.items(), reference.getAsJsonObject("sets").get(set.word()));
    }

    private static void assertSame(List<Item> items, JsonElement expected) throws Exception {
        assertSame(
                items.stream().map(AnswersReferenceTest::shown).toList(),
                items.stream().map(Item::drawing).toList(),
                expected);
    }

    /** The first lines one by one, so that a difference can be read; all of them, and all pictures, by their sums. */
    private static void assertSame(List<String> found, List<Drawing> drawings, JsonElement expected) throws Exception {
        JsonObject part = expected.getAsJsonObject();
        List<String> first = part.getAsJsonArray("first").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
        assertThat(first).isNotEmpty();
        assertThat(found).hasSize(part.get("size").getAsInt()).startsWith(first.toArray(String[]::new));
        assertThat(sum((String.join("\n", found) + "\n").getBytes(UTF_8)))
                .isEqualTo(part.get("sha256").getAsString());
        ByteBuffer pictures = ByteBuffer.allocate(drawings.size() * Drawing.VALUES * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Drawing drawing : drawings) {
            for (double value : drawing.plain()) {
                pictures.putFloat((float) value);
            }
        }
        assertThat(sum(pictures.array())).isEqualTo(part.get("pictures").getAsString());
    }

    private static String sum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String shown(Item item) {
        String words = LongStream.of(item.ids()).mapToObj(Words::word).collect(Collectors.joining(" "));
        return String.join(
                " | ",
                TOPICS.get(item.topic()),
                words,
                item.answer(),
                shown(item.drawing().scene()),
                Integer.toString(item.drawing().noise()));
    }

    private static String shown(Scene scene) {
        return IntStream.range(0, Scene.PLACES)
                .mapToObj(place -> scene.at(place)
                        .map(thing -> thing.shape() + "/" + thing.colour())
                        .orElse("-"))
                .collect(Collectors.joining(" "));
    }
}

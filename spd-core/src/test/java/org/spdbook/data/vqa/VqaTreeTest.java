package org.spdbook.data.vqa;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/** The stream against Gson's tree. */
class VqaTreeTest {

    @TempDir
    private Path root;

    private Path file(String name) throws IOException {
        return Files.createDirectories(root.resolve("ok-vqa")).resolve(name);
    }

    /** The join of a random pair of files, entries and fields shuffled, as a tree of all of it gives it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void should_equal_a_tree_when_random_files_are_joined(long seed) throws IOException {
        RandomStream random = new Seeds(seed).stream("test files", 0, 0);
        int count = 300;
        int[] first = random.permutation(count);
        int[] second = random.permutation(count);
        JsonArray questions = new JsonArray();
        JsonArray annotations = new JsonArray();
        for (int i = 0; i < count; i++) {
            questions.add(shuffled(
                    random,
                    Map.of(
                            "question_id",
                            json(first[i]),
                            "image_id",
                            json(first[i] / 3),
                            "question",
                            json(text(random)))));
            JsonArray answers = new JsonArray();
            for (int k = 0; k < 1 + random.nextInt(10); k++) {
                answers.add(shuffled(
                        random,
                        Map.of("answer", json(text(random)), "answer_id", json(k), "answer_confidence", json("yes"))));
            }
            annotations.add(shuffled(
                    random,
                    Map.of(
                            "question_id",
                            json(second[i]),
                            "image_id",
                            json(second[i] / 3),
                            "answer_type",
                            json(text(random)),
                            "answers",
                            answers)));
        }
        Files.writeString(
                file("OpenEnded_mscoco_val2014_questions.json"), "{\"x\":[[]],\"questions\":" + questions + "}");
        Files.writeString(file("mscoco_val2014_annotations.json"), "{\"annotations\":" + annotations + "}");
        VqaPart part = new VqaFiles(root).readTest(VqaSet.OK_VQA);

        assertThat(part.findings().sentences()).isEmpty();
        assertThat(part.items()).isEqualTo(tree());
    }

    private List<VqaItem> tree() throws IOException {
        Map<Integer, JsonObject> annotations = new HashMap<>();
        for (JsonElement element : list("mscoco_val2014_annotations.json", "annotations")) {
            annotations.put(element.getAsJsonObject().get("question_id").getAsInt(), element.getAsJsonObject());
        }
        List<VqaItem> items = new ArrayList<>();
        for (JsonElement element : list("OpenEnded_mscoco_val2014_questions.json", "questions")) {
            JsonObject question = element.getAsJsonObject();
            JsonObject annotation = annotations.get(question.get("question_id").getAsInt());
            items.add(new VqaItem(
                    question.get("question_id").getAsString(),
                    question.get("question").getAsString(),
                    annotation.getAsJsonArray("answers").asList().stream()
                            .map(answer ->
                                    answer.getAsJsonObject().get("answer").getAsString())
                            .toList(),
                    root.resolve("images/coco"),
                    String.format(
                            "val2014/COCO_val2014_%012d.jpg",
                            question.get("image_id").getAsInt()),
                    annotation.get("answer_type").getAsString()));
        }
        return items;
    }

    private JsonArray list(String file, String name) throws IOException {
        return JsonParser.parseString(Files.readString(file(file)))
                .getAsJsonObject()
                .getAsJsonArray(name);
    }

    private static JsonElement json(Object value) {
        return value instanceof Integer number ? new JsonPrimitive(number) : new JsonPrimitive((String) value);
    }

    private static JsonObject shuffled(RandomStream random, Map<String, JsonElement> fields) {
        List<String> names = fields.keySet().stream().sorted().toList();
        JsonObject object = new JsonObject();
        for (int i : random.permutation(names.size())) {
            object.add(names.get(i), fields.get(names.get(i)));
        }
        return object;
    }

    /** Of letters that JSON writes as they are, as escapes, or as two. */
    private static String text(RandomStream random) {
        List<String> letters =
                List.of("a", "B", "\"", "\\", "/", "\n", "\u0007", "\u00e9", "\u4e2d", "\ud83e\udea8", " ", "'");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(letters.get(random.nextInt(letters.size())));
        }
        return text.toString();
    }
}

package org.spdbook.twin.facts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.twin.ReferenceRandom;
import org.spdbook.weights.JsonFile;

/** Every word against the Python reference: {@code fixtures/facts}, made by the script beside it. */
class FactsReferenceTest {

    private static final Encyclopedia FACTS = Encyclopedia.create();
    private static final Corpus CORPUS = new Corpus(FACTS);
    private static final FactsItems ITEMS = new FactsItems(FACTS);
    private static JsonObject reference = new JsonObject();

    @BeforeAll
    static void read() throws Exception {
        reference = JsonFile.object(Path.of("src/test/resources/fixtures/facts/reference.json"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void should_name_the_entities_of_the_reference_when_the_world_is_made(Kind kind) {
        assertThat(FACTS.all().of(kind))
                .isEqualTo(words("entities", kind.word()))
                .hasSize(64);
        assertThat(FACTS.held().of(kind)).isEqualTo(words("held", kind.word())).hasSize(32);
    }

    @ParameterizedTest
    @EnumSource(Relation.class)
    void should_know_the_facts_of_the_reference_when_the_world_is_made(Relation relation) {
        assertThat(FACTS.all().of(relation.kind()))
                .extracting(entity -> FACTS.value(entity, relation))
                .isEqualTo(words("facts", relation.word()));
    }

    @Test
    void should_have_all_relations_and_rules_of_the_reference() {
        assertThat(Relation.values())
                .extracting(Relation::word)
                .containsExactlyElementsOf(reference.getAsJsonObject("facts").keySet());
        assertThat(Rule.sentences()).isEqualTo(lines(reference.get("rules"))).hasSize(42);
    }

    @Test
    void should_know_the_words_of_the_reference_when_the_vocabulary_is_made() {
        assertThat(String.join(" ", Vocabulary.of(FACTS).words()))
                .isEqualTo(reference.get("vocabulary").getAsString());
    }

    @Test
    void should_write_the_documents_of_the_reference_when_seeded_alike() throws Exception {
        assertSame(CORPUS.documents(11, 5000), reference.get("corpus"));
        assertSame(CORPUS.retention(), reference.get("retention"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 5", "1, 2, 1"})
    void should_pack_the_batches_of_the_reference_when_seeded_alike(int number, long seed, int batches)
            throws Exception {
        var packed = new PackedCorpus(CORPUS, Vocabulary.of(FACTS), seed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            PackedCorpus.Batch batch = packed.next();
            rows.addAll(rows(batch.inputs()));
            rows.addAll(rows(batch.targets()));
        }

        assertSame(rows, reference.getAsJsonArray("packed").get(number));
    }

    @Test
    void should_ask_for_the_facts_as_the_reference_does_when_the_pretraining_is_checked() throws Exception {
        assertSame(
                FACTS.clozes().stream()
                        .map(cloze -> cloze.prompt() + " => " + cloze.answer())
                        .toList(),
                reference.get("clozes"));
    }

    @Test
    void should_ask_the_questions_of_the_reference_when_seeded_alike() throws Exception {
        var random = new ReferenceRandom(3);
        JsonObject questions = reference.getAsJsonObject("questions");
        assertThat(Family.all()).extracting(Family::word).containsExactlyElementsOf(questions.keySet());
        for (Family family : Family.all()) {
            for (Wording wording : Wording.values()) {
                var asking = new Asking(FACTS, FACTS.all(), wording, random);
                List<Question> drawn = Stream.generate(() -> family.question(asking))
                        .limit(200)
                        .toList();

                assertSame(shown(drawn), questions.getAsJsonArray(family.word()).get(wording.ordinal()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void should_train_on_the_questions_of_the_reference_when_seeded_alike(int seed) throws Exception {
        assertSame(
                shown(ITEMS.training(seed)),
                reference.getAsJsonArray("training").get(seed));
    }

    @Test
    void should_test_on_the_questions_of_the_reference_when_seeded_alike() throws Exception {
        List<Question> training = ITEMS.training(0);

        assertSame(shown(ITEMS.validation(training)), reference.get("validation"));
        assertSame(shown(ITEMS.id(training)), reference.get("id"));
        assertSame(shown(ITEMS.held()), reference.get("held_out"));
        assertSame(shown(ITEMS.word()), reference.get("word"));
        assertSame(shown(ITEMS.both()), reference.get("both"));
    }

    /** The first lines one by one, so that a difference can be read; all of them by their sum. */
    private static void assertSame(List<String> found, JsonElement expected) throws Exception {
        JsonObject part = expected.getAsJsonObject();
        List<String> first = lines(part.get("first"));
        assertThat(first).isNotEmpty();
        assertThat(found).hasSize(part.get("size").getAsInt()).startsWith(first.toArray(String[]::new));
        String text = String.join("\n", found) + "\n";
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        assertThat(HexFormat.of().formatHex(sum)).isEqualTo(part.get("sha256").getAsString());
    }

    private static List<String> shown(List<Question> questions) {
        return questions.stream()
                .map(question -> question.prompt() + " => " + question.answer())
                .toList();
    }

    private static List<String> rows(long[] ids) {
        List<String> rows = new ArrayList<>();
        for (int from = 0; from < ids.length; from += PackedCorpus.LENGTH) {
            rows.add(Arrays.stream(ids, from, from + PackedCorpus.LENGTH)
                    .mapToObj(String::valueOf)
                    .reduce((one, next) -> one + " " + next)
                    .orElseThrow());
        }
        return rows;
    }

    private static List<String> words(String group, String name) {
        String words = reference.getAsJsonObject(group).get(name).getAsString();
        return List.of(words.split(" "));
    }

    private static List<String> lines(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}

package org.spdbook.twin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.twin.ReferenceRandom;

class CorpusTest {

    private static final Encyclopedia FACTS = Encyclopedia.create();
    private static final Corpus CORPUS = new Corpus(FACTS);
    private static final Vocabulary VOCABULARY = Vocabulary.of(FACTS);

    @ParameterizedTest
    @EnumSource(Relation.class)
    void should_give_every_value_as_often_when_facts_are_drawn(Relation relation) {
        int values = relation.range().size();
        Map<String, Long> counts = FACTS.all().of(relation.kind()).stream()
                .collect(Collectors.groupingBy(entity -> FACTS.value(entity, relation), Collectors.counting()));

        assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(relation.range());
        assertThat(counts.values()).allMatch(count -> count == 64 / values || count == (64 + values - 1) / values);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void should_follow_the_rule_when_a_fact_has_a_cause(Rule rule) {
        assertThat(FACTS.all().of(rule.cause().kind()))
                .allSatisfy(entity -> assertThat(rule.follows(FACTS.value(entity, rule.cause())))
                        .isEqualTo(FACTS.value(entity, rule.effect())));
    }

    @Test
    void should_tell_the_value_when_a_statement_is_made() {
        assertThat(Rule.COVER.sentence("crab")).isEqualTo("crab has shell");
        assertThat(Relation.FOOD.question("bobo")).isEqualTo("what does bobo eat");
        assertThat(Relation.FOOD.statement("bobo", "nuts", new ReferenceRandom(1)))
                .contains("bobo", "nuts");
        assertThat(Relation.FOOD.whichStatement("nuts", new ReferenceRandom(1)))
                .matches("which (eats|likes to eat) nuts");
    }

    @Test
    void should_say_so_when_a_fact_is_none_of_the_world() {
        String person = FACTS.all().persons().get(0);

        assertThatThrownBy(() -> FACTS.value(person, Relation.FOOD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the food of " + person + " was asked for, which is not in the toy world; ask for one of"
                        + " its animals, such as " + FACTS.all().animals().get(0));
    }

    @Test
    void should_write_the_same_when_a_seed_is_used_again() {
        assertThat(CORPUS.documents(4, 20)).isEqualTo(CORPUS.documents(4, 20)).isNotEqualTo(CORPUS.documents(5, 20));
        assertThat(CORPUS.retention()).hasSize(256);
    }

    @Test
    void should_give_its_text_back_when_a_document_is_encoded() {
        assertThat(VOCABULARY.size()).isEqualTo(453);
        for (String document : CORPUS.documents(12, 1000)) {
            assertThat(VOCABULARY.decode(VOCABULARY.encode(document))).isEqualTo(document);
        }
        assertThat(VOCABULARY.decode(Vocabulary.PAD, Vocabulary.BEGIN, Vocabulary.END))
                .isEqualTo("<pad> <bos> <eos>");
        assertThat(VOCABULARY.encodeFromBegin("the bird .")).startsWith(1).hasSize(4);
    }

    @Test
    void should_know_all_words_when_questions_and_clozes_are_encoded() {
        var items = new FactsItems(FACTS);
        List<Question> training = items.training(7);
        for (List<Question> questions :
                List.of(training, items.validation(training), items.held(), items.word(), items.both())) {
            for (Question question : questions) {
                assertThat(VOCABULARY.encode(question.prompt())).doesNotContain(0, 1, 2);
                question.options()
                        .forEach(option -> assertThat(VOCABULARY.encode(option)).hasSize(1));
            }
        }
        assertThat(FACTS.clozes())
                .hasSize(896)
                .allSatisfy(cloze ->
                        assertThat(VOCABULARY.encode(cloze.document())).contains(VOCABULARY.id(cloze.answer())));
    }

    @Test
    void should_say_so_when_a_word_is_unknown() {
        assertThatThrownBy(() -> VOCABULARY.encode("the zebra eats"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the word zebra is none of the 453 of the toy world; write with the words of its corpus and"
                        + " questions");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 453})
    void should_say_so_when_an_id_is_no_word(long id) {
        assertThatThrownBy(() -> VOCABULARY.decode(5, id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ids of words of the toy world are 0..452, got " + id + "; decode its own ids");
    }

    @Test
    void should_ask_for_the_next_word_and_lose_none_when_documents_are_packed() {
        var packed = new PackedCorpus(CORPUS, VOCABULARY, 0);
        long[] text = CORPUS.documents(11, 1000).stream()
                .flatMapToLong(document -> Arrays.stream(VOCABULARY.encodeFromBegin(document)))
                .toArray();
        int words = PackedCorpus.ROWS * PackedCorpus.LENGTH;
        for (int from = 0; from < 5 * words; from += words) {
            PackedCorpus.Batch batch = packed.next();
            assertThat(batch.inputs()).isEqualTo(Arrays.copyOfRange(text, from, from + words));
            assertThat(batch.targets()).isEqualTo(Arrays.copyOfRange(text, from + 1, from + words + 1));
        }
        assertThat(new PackedCorpus(CORPUS, VOCABULARY, 1).next().inputs())
                .isNotEqualTo(new PackedCorpus(CORPUS, VOCABULARY, 0).next().inputs());
    }
}

package org.spdbook.twin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.twin.ReferenceRandom;

class FactsItemsTest {

    private static final Encyclopedia FACTS = Encyclopedia.create();
    private static final FactsItems ITEMS = new FactsItems(FACTS);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 100})
    void should_ask_as_many_of_each_family_when_a_set_is_drawn(long seed) {
        List<Question> training = ITEMS.training(seed);

        assertCounts(training, 12);
        assertCounts(ITEMS.validation(training), 40);
        assertCounts(ITEMS.id(training), 25);
        assertCounts(ITEMS.held(), 75);
        assertCounts(ITEMS.word(), 25);
        assertCounts(ITEMS.both(), 50);
    }

    private static void assertCounts(List<Question> questions, int perFamily) {
        Map<Family, Long> counts =
                questions.stream().collect(Collectors.groupingBy(Question::family, Collectors.counting()));
        assertThat(counts)
                .hasSize(8)
                .allSatisfy(
                        (family, count) -> assertThat(count).as(family.word()).isEqualTo(perFamily));
        assertThat(questions).extracting(Question::prompt).doesNotHaveDuplicates();
        assertThat(questions).extracting(Question::family).isSorted();
    }

    @Test
    void should_offer_the_answer_once_when_a_question_is_asked() {
        List<Question> training = ITEMS.training(0);
        Map<Family, Integer> options = Map.of(
                Family.BOOLQ,
                2,
                Family.PIQA,
                2,
                Family.SIQA,
                3,
                Family.HELLA,
                4,
                Family.WINO,
                2,
                Family.ARCE,
                4,
                Family.ARCC,
                4,
                Family.OBQA,
                4);

        assertThat(all(training)).hasSize(96 + 320 + 200 + 600 + 200 + 400).allSatisfy(question -> {
            assertThat(question.options())
                    .hasSize(options.get(question.family()))
                    .doesNotHaveDuplicates();
            assertThat(question.options()).containsOnlyOnce(question.answer());
        });
    }

    /** A place that is always right would be learnt instead of the facts. */
    @Test
    void should_have_the_answer_at_any_place_when_options_are_shown() {
        Map<Integer, Long> places = ITEMS.held().stream()
                .filter(question -> question.options().size() == 4)
                .collect(Collectors.groupingBy(
                        question -> question.options().indexOf(question.answer()), Collectors.counting()));

        assertThat(places)
                .hasSize(4)
                .allSatisfy((place, count) -> assertThat(count).isBetween(50L, 100L));
    }

    @Test
    void should_name_none_of_the_held_entities_when_entities_seen_are_asked_about() {
        Set<String> held = FACTS.held().names().collect(Collectors.toSet());
        Set<String> seen = FACTS.seen().names().collect(Collectors.toSet());
        assertThat(held).hasSize(96);
        assertThat(seen).hasSize(96).doesNotContainAnyElementsOf(held);
        for (long seed = 0; seed < 5; seed++) {
            List<Question> training = ITEMS.training(seed);
            assertThat(words(training)).doesNotContainAnyElementsOf(held);
            assertThat(words(ITEMS.validation(training))).doesNotContainAnyElementsOf(held);
            assertThat(words(ITEMS.id(training))).doesNotContainAnyElementsOf(held);
        }
        assertThat(words(ITEMS.word())).doesNotContainAnyElementsOf(held).containsAnyElementsOf(seen);
        assertThat(words(ITEMS.held())).doesNotContainAnyElementsOf(seen).containsAnyElementsOf(held);
        assertThat(words(ITEMS.both())).doesNotContainAnyElementsOf(seen).containsAnyElementsOf(held);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void should_repeat_no_question_of_the_training_when_it_is_tested(long seed) {
        List<Question> training = ITEMS.training(seed);
        Set<String> prompts = new HashSet<>(prompts(training));

        assertThat(prompts(ITEMS.validation(training))).doesNotContainAnyElementsOf(prompts);
        assertThat(prompts(ITEMS.id(training))).doesNotContainAnyElementsOf(prompts);
        assertThat(prompts(ITEMS.word())).doesNotContainAnyElementsOf(prompts);
    }

    /** By chance a set seldom repeats one; here all that would be drawn are barred. */
    @Test
    void should_draw_others_when_questions_are_barred() {
        List<Question> barred = ITEMS.validation(List.of());
        List<Question> drawn = ITEMS.validation(barred);

        assertCounts(drawn, 40);
        assertThat(prompts(drawn)).doesNotContainAnyElementsOf(prompts(barred));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void should_ask_the_same_in_other_words_when_the_second_wording_is_asked_for(Family family) {
        var first = new Asking(FACTS, FACTS.all(), Wording.FIRST, new ReferenceRandom(8));
        var second = new Asking(FACTS, FACTS.all(), Wording.SECOND, new ReferenceRandom(8));
        for (int i = 0; i < 100; i++) {
            Question one = family.question(first);
            Question other = family.question(second);

            assertThat(other.text()).isNotEqualTo(one.text());
            assertThat(other.options()).isEqualTo(one.options());
            assertThat(other.answer()).isEqualTo(one.answer());
        }
    }

    @Test
    void should_refuse_a_question_when_its_answer_is_no_option() {
        assertThatThrownBy(() -> new Question(Family.PIQA, "which ?", List.of("a", "b"), "c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the answer of a question must be one of its options a, b, got c; add it to them");
    }

    private static List<Question> all(List<Question> training) {
        return Stream.of(
                        training,
                        ITEMS.validation(training),
                        ITEMS.id(training),
                        ITEMS.held(),
                        ITEMS.word(),
                        ITEMS.both())
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> prompts(List<Question> questions) {
        return questions.stream().map(Question::prompt).toList();
    }

    private static Set<String> words(List<Question> questions) {
        return questions.stream()
                .flatMap(question -> Arrays.stream(question.prompt().split(" ")))
                .collect(Collectors.toSet());
    }
}

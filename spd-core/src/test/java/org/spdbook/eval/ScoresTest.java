package org.spdbook.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.train.Seeds;

class ScoresTest {

    /** A question with some annotators, of whom so many said what was predicted. */
    private static VqaAccuracy.Question question(int matches, int annotators) {
        List<String> answers = new ArrayList<>(Collections.nCopies(matches, "cat"));
        answers.addAll(Collections.nCopies(annotators - matches, "dog"));
        return new VqaAccuracy.Question("cat", answers);
    }

    /** Ten annotators each, as in VQAv2, but for every fifth question, which has three to nine. */
    private static List<VqaAccuracy.Question> drawn(int count) {
        RandomGenerator random = new Seeds(7).stream("scores", 0, 0);
        List<VqaAccuracy.Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int annotators = i % 5 == 0 ? 3 + random.nextInt(7) : 10;
            questions.add(question(random.nextInt(annotators + 1), annotators));
        }
        return questions;
    }

    @Test
    void should_count_tenths_when_there_are_ten_annotators() {
        Scores scores = Scores.vqa(List.of(
                question(0, 10), question(1, 10), question(2, 10), question(3, 10), question(4, 10), question(2, 3)));

        assertThat(scores.examples()).isEqualTo(6);
        assertThat(scores.share(0)).isZero();
        assertThat(scores.share(1)).isEqualTo(.3);
        assertThat(scores.share(2)).isEqualTo(.6);
        assertThat(scores.share(3)).isEqualTo(.9);
        assertThat(scores.share(4)).isEqualTo(1);
        assertThat(scores.share(5)).isEqualTo(4 / 9.0); // of three, two with one other each and one with two
        assertThat(scores.percent()).isCloseTo(100 * (2.8 + 4 / 9.0) / 6, within(1e-9));
    }

    @Test
    void should_weigh_questions_when_they_count_more_or_less() {
        Scores scores = Scores.vqa(List.of(question(1, 10), question(3, 10), question(10, 10)));

        assertThat(scores.percent(new double[] {1, 0, 0})).isCloseTo(30, within(1e-9));
        assertThat(scores.percent(new double[] {.5, .25, .25})).isCloseTo(15 + 22.5 + 25, within(1e-9));
        assertThat(scores.percent(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0})).isCloseTo(scores.percent(), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 613, 5000})
    void should_be_the_accuracy_of_the_authors_when_that_is_not_rounded(int count) {
        List<VqaAccuracy.Question> questions = drawn(count);

        assertThat(Scores.vqa(questions).percent()).isCloseTo(VqaAccuracy.percent(questions), within(.005 + 1e-9));
        for (int i = 0; i < count; i++) {
            assertThat(100 * Scores.vqa(questions.subList(i, i + 1)).share(0))
                    .isCloseTo(VqaAccuracy.percent(questions.get(i)), within(.005 + 1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 613, 20_000})
    void should_be_equal_when_written_and_read(int count) {
        Scores scores = Scores.vqa(drawn(count));
        Outcomes read = Outcomes.parse(scores.toText());

        assertThat(read).isEqualTo(scores).hasSameHashCodeAs(scores);
        assertThat(read.percent()).isEqualTo(scores.percent());
        assertThat(scores.toText()).hasSizeLessThan(100 + count);
    }

    @Test
    void should_differ_when_annotators_or_answers_do() {
        Scores scores = Scores.vqa(List.of(question(2, 10)));

        assertThat(scores)
                .isNotEqualTo(Scores.vqa(List.of(question(3, 10))))
                .isNotEqualTo(Scores.vqa(List.of(question(2, 9))))
                .isNotEqualTo(Hits.of(new long[1], new long[1]));
        assertThat(scores).hasToString("VQA accuracy 60.0 % of 1 questions");
    }

    @Test
    void should_say_what_is_wrong_when_the_text_is_none() {
        String two = NumberText.of(new int[] {30, 18, 10, 10});
        for (String text : List.of(
                "vqa",
                "vqa2",
                "vqa2:",
                "vqa2:?",
                "vqax:" + two,
                "vqa3:" + two,
                "vqa-2:" + two,
                "vqa2:" + two.substring(0, 8),
                "vqa0:" + NumberText.of(new int[0]),
                "vqa1:" + NumberText.of(new int[] {0, 0}),
                "vqa1:" + NumberText.of(new int[] {31, 10}))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Outcomes.parse(text))
                    .withMessageContaining("scores are vqa, a number of questions")
                    .withMessageEndingWith("got " + text);
        }
        assertThat(Outcomes.parse("vqa2:" + two).percent()).isCloseTo(80, within(1e-9));
    }

    @Test
    void should_refuse_when_there_are_no_questions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scores.vqa(List.of()))
                .withMessage("scores need at least one question, got none");
    }
}

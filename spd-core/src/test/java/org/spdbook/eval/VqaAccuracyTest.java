package org.spdbook.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.verify.Difference;
import org.spdbook.verify.Verifier;

class VqaAccuracyTest {

    @Test
    void should_equal_the_evaluation_of_the_authors_when_their_cases_are_scored() throws Exception {
        Path folder = Path.of("src/test/resources/fixtures/vqa-accuracy");
        var differences = Verifier.of(folder).orElseThrow().compare(folder);

        assertThat(differences).hasSize(2).allMatch(Difference::ok);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 30", "2, 60", "3, 90", "4, 100", "10, 100"})
    void should_leave_each_annotator_out_when_matches_are_counted(int matches, double percent) {
        List<String> answers = new ArrayList<>(Collections.nCopies(matches, "cat"));
        answers.addAll(Collections.nCopies(10 - matches, "dog"));

        assertThat(VqaAccuracy.percent(new VqaAccuracy.Question("cat", answers)))
                .isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'The DOG\n'|dog",
                "'\u00a0Two  cats '|2 cats",
                "'none'|0",
                "'dont know'|don't know",
                "'hes'|he's",
                "'she''dve'|she'd've",
                "'somebody''d'|somebodyd",
                "'1,000!'|1000",
                "'red, white'|red white",
                "'red,white'|red white",
                "'left/right'|left right",
                "'u.s.a.'|usa",
                "'3.5'|3.5",
                "'a'|''",
            })
    void should_bring_a_prediction_to_the_compared_form_when_it_is_scored(String raw, String form) {
        assertThat(VqaAnswer.predicted(raw)).isEqualTo(form);
    }

    @Test
    void should_remove_32_periods_when_there_are_more() {
        assertThat(VqaAnswer.withoutPunctuation(".".repeat(40))).isEqualTo(".".repeat(8));
    }

    @Test
    void should_score_one_answer_alike_when_it_is_wrapped_in_space_articles_and_case() {
        List<String> answers = List.of("dog", "dog", "cat", "dog", "cow", "dog", "dog", "dog", "dog", "dog");
        for (String prediction : List.of("dog", " Dog", "the dog", "A DOG!", "dog.\n", "an\tdog")) {
            assertThat(VqaAccuracy.percent(new VqaAccuracy.Question(prediction, answers)))
                    .isEqualTo(100);
        }
    }

    @Test
    void should_refuse_in_a_sentence_when_there_is_nothing_to_score() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VqaAccuracy.percent(List.of()))
                .withMessage("VQA accuracy needs at least one question, got none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VqaAccuracy.Question("cat", List.of()))
                .withMessage("VQA accuracy needs at least one annotator's answer, got none for prediction cat");
    }
}

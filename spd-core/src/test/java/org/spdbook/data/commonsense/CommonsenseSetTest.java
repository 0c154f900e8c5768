package org.spdbook.data.commonsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommonsenseSetTest {

    @Test
    void should_have_the_published_sizes_when_they_are_added_up() {
        assertThat(Arrays.stream(CommonsenseForm.values()).mapToInt(CommonsenseForm::trainingSize))
                .containsExactly(9_427, 16_113, 33_410 + 2_251 + 1_119 + 4_957, 39_905, 63_238);
        assertThat(Arrays.stream(CommonsenseForm.values())
                        .mapToInt(CommonsenseForm::trainingSize)
                        .sum())
                .isEqualTo(CommonsenseFiles.TRAINING_SIZE)
                .isEqualTo(170_420);
        assertThat(Arrays.stream(CommonsenseSet.values()).mapToInt(CommonsenseSet::testSize))
                .containsExactly(3_270, 1_838, 1_954, 10_042, 1_267, 2_376, 1_172, 500);
        assertThat(CommonsenseForm.ANSWER.sets().stream().map(CommonsenseSet::word))
                .containsExactly("social_i_qa", "ARC-Easy", "ARC-Challenge", "openbookqa");
    }

    @ParameterizedTest
    @EnumSource
    void should_find_each_of_its_labels_when_it_is_written(CommonsenseSet set) {
        for (String label : set.labels()) {
            var item = new CommonsenseItem("?", "", "the correct answer is " + label, label);
            String text = CommonsensePrompt.training(item);

            assertThat(set.answer(text)).contains(label);
            assertThat(set.isRight(text, item)).isTrue();
            assertThat(set.answerOfContinuation("the correct answer is " + label))
                    .contains(label);
            assertThat(CommonsenseForm.of(label)).contains(set.form());
        }
        assertThat(CommonsenseSet.of(set.word())).isEqualTo(set);
    }

    @ParameterizedTest
    @EnumSource
    void should_find_none_when_there_is_no_label_or_one_of_another_form(CommonsenseSet set) {
        for (String text : List.of("", " \n ", "I do not know", "TRUE", "answer 1", "answer0", "answer6", "option")) {
            assertThat(set.answerOfContinuation(text)).as(text).isEmpty();
        }
        for (CommonsenseForm other : CommonsenseForm.values()) {
            if (other != set.form()) {
                assertThat(set.answerOfContinuation(String.join(" ", other.labels())))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    BOOLQ, True or false, false
                    BOOLQ, TRUE but Not False,
                    BOOLQ, it is untrue, true
                    BOOLQ, false. No: true, false
                    BOOLQ, falsetrue, false
                    PIQA, Solution1 is worse than solution2, solution2
                    PIQA, solution 1,
                    PIQA, solution12, solution1
                    PIQA, solution3 or solution2, solution2
                    SOCIAL_I_QA, answer12, answer1
                    SOCIAL_I_QA, answer5 or answer2, answer5
                    SOCIAL_I_QA, theanswer3is, answer3
                    SOCIAL_I_QA, the correct answer is 3,
                    ARC_EASY, 'answer\n4 answer2', answer2
                    ARC_CHALLENGE, Answer1 answer4, answer4
                    OPENBOOKQA, answer9 answer5, answer5
                    HELLASWAG, ending5 ending4 ending1, ending4
                    HELLASWAG, Ending1,
                    WINOGRANDE, option3,
                    WINOGRANDE, suboption2s, option2
                    """)
    void should_take_the_first_label_when_a_text_is_odd(CommonsenseSet set, String continuation, String expected) {
        assertThat(set.answerOfContinuation(continuation).orElse(null)).isEqualTo(expected);
    }

    @Test
    void should_look_only_between_the_first_response_and_the_second_when_there_are_several() {
        String instruction = "answer1 Answer format: answer1/answer2/answer3";
        String prompt = CommonsensePrompt.ORIGINAL.test(new CommonsenseItem(instruction, "", "", "answer2"));

        assertThat(CommonsenseSet.OPENBOOKQA.answer(prompt)).isEmpty();
        assertThat(CommonsenseSet.OPENBOOKQA.answer(prompt + "answer2\n### Response: answer3"))
                .contains("answer2");
        assertThat(CommonsenseSet.OPENBOOKQA.answer(prompt + "none\n### Response: answer3"))
                .isEmpty();
        assertThat(CommonsenseSet.OPENBOOKQA.answerOfContinuation("none\n### Response: answer3"))
                .isEmpty();
        assertThat(CommonsenseSet.OPENBOOKQA.answer("### Response:answer4")).contains("answer4");
    }

    @Test
    void should_be_wrong_when_the_label_is_another_one_or_missing() {
        var item = new CommonsenseItem("?", "", "the correct answer is answer1", "answer1");
        String prompt = CommonsensePrompt.SAME.test(item);

        assertThat(CommonsenseSet.OPENBOOKQA.isRight(prompt + "the correct answer is answer1", item))
                .isTrue();
        assertThat(CommonsenseSet.OPENBOOKQA.isRight(prompt + "the correct answer is answer5", item))
                .isFalse();
        assertThat(CommonsenseSet.OPENBOOKQA.isRight(prompt, item)).isFalse();
    }

    @Test
    void should_say_what_is_lacking_when_a_text_has_no_response_or_a_word_is_unknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommonsenseSet.BOOLQ.answer("the correct answer is true"))
                .withMessageContaining("\"### Response:\", which is not in the text \"the correct answer is true\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommonsenseSet.of("arc-e"))
                .withMessageContaining("arc-e is not known; choose one of boolq, piqa, social_i_qa, hellaswag,");
    }
}

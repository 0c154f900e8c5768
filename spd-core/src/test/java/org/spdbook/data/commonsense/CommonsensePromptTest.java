package org.spdbook.data.commonsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** White space is made visible: a dot at mid-height for a space, a sign at the end of a line. */
class CommonsensePromptTest {

    private static final CommonsenseItem ITEM =
            new CommonsenseItem("Is water wet?\n\nAnswer format: true/false", "", "the correct answer is true", "true");

    private static final String FIRST_LINE =
            "Below·is·an·instruction·that·describes·a·task.·Write·a·response·that·appropriately·completes·the·request.";

    private static String visible(String text) {
        return text.replace(' ', '·').replace("\n", "¶\n");
    }

    @Test
    void should_have_the_white_space_of_the_training_code_when_it_is_trained_on() {
        assertThat(visible(CommonsensePrompt.training(ITEM))).isEqualTo(FIRST_LINE + """
                                ··¶
                                ¶
                                ················###·Instruction:¶
                                ················Is·water·wet?¶
                                ¶
                                Answer·format:·true/false¶
                                ················¶
                                ················###·Response:¶
                                ················the·correct·answer·is·true""");
    }

    @Test
    void should_have_the_white_space_of_the_evaluation_code_when_it_is_tested() {
        assertThat(visible(CommonsensePrompt.ORIGINAL.test(ITEM))).isEqualTo(FIRST_LINE + """
                                ·¶
                                ¶
                                ················###·Instruction:¶
                                ················Is·water·wet?¶
                                ¶
                                Answer·format:·true/false¶
                                ¶
                                ················###·Response:¶
                                ················""");
    }

    @Test
    void should_begin_as_in_training_when_the_same_prompt_is_chosen() {
        String prompt = CommonsensePrompt.SAME.test(ITEM);

        assertThat(prompt + ITEM.output()).isEqualTo(CommonsensePrompt.training(ITEM));
        assertThat(prompt).isEqualTo(CommonsensePrompt.question(ITEM));
        assertThat(CommonsensePrompt.ORIGINAL.test(ITEM)).hasSize(prompt.length() - 1 - 16);
    }

    @Test
    void should_give_the_response_without_white_space_when_it_is_asked_for() {
        assertThat(CommonsensePrompt.response(CommonsensePrompt.training(ITEM)))
                .isEqualTo("the correct answer is true");
        assertThat(CommonsensePrompt.response(CommonsensePrompt.ORIGINAL.test(ITEM)))
                .isEmpty();
        assertThat(CommonsensePrompt.response("x ### Response:\t a\n ### Response: b"))
                .isEqualTo("a");
    }

    @Test
    void should_name_the_choices_when_a_word_is_unknown() {
        assertThat(CommonsensePrompt.of("same")).isEqualTo(CommonsensePrompt.SAME);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommonsensePrompt.of("Original"))
                .withMessage("prompt Original is not known; choose one of original, same");
    }
}

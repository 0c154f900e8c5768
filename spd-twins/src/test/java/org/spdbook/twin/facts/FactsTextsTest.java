package org.spdbook.twin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.TextModel;

class FactsTextsTest {

    private static OpenWorld open;
    private static TextModel texts;

    @BeforeAll
    static void open() {
        open = new CommonsenseWorld().open("id", 0);
        texts = open.texts().orElseThrow();
    }

    @AfterAll
    static void close() {
        open.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what is it ? answers : right / wrong .",
                "What is it? Answers: right/wrong.",
                "  what is it  ?\nanswers : right / wrong .  "
            })
    void should_read_a_text_as_people_type_it(String typed) {
        long[] ids = texts.encode(typed);

        assertThat(ids[0]).isEqualTo(Vocabulary.BEGIN);
        assertThat(texts.decode(ids)).isEqualTo("what is it ? answers : right / wrong .");
    }

    @Test
    void should_keep_three_dots_together_and_read_nothing_as_a_beginning() {
        assertThat(texts.decode(texts.encode("there it..."))).isEqualTo("there it ...");
        assertThat(texts.encode(" ")).containsExactly(Vocabulary.BEGIN);
        assertThat(texts.decode(new long[] {Vocabulary.BEGIN, Vocabulary.END, Vocabulary.PAD}))
                .isEmpty();
    }

    @Test
    void should_guess_when_a_word_is_unknown() {
        assertThatThrownBy(() -> texts.encode("where does it liev"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the word liev is none of the 453 of the toy world; did you mean live? Otherwise write with"
                        + " the words of its corpus and questions");
    }

    @Test
    void should_give_questions_of_different_kinds_that_are_not_trained_on() {
        List<TextModel.Example> examples = texts.examples();
        List<String> trained = new FactsItems(Encyclopedia.create())
                .training(0).stream().map(Question::prompt).toList();

        assertThat(examples).hasSize(3).isEqualTo(texts.examples()).allSatisfy(example -> {
            assertThat(trained).doesNotContain(example.prompt());
            assertThat(texts.encode(example.answer())).hasSize(1 + example.tokens());
        });
    }
}

package org.spdbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void should_split_as_a_shell_does_when_words_are_quoted() {
        assertThat(Words.split("  spd train  emoji\t--on noto "))
                .containsExactly("spd", "train", "emoji", "--on", "noto");
        assertThat(Words.split("a 'b c' \"d 'e'\" f\\ g \"h\\\"i\" '' x'y'z"))
                .containsExactly("a", "b c", "d 'e'", "f g", "h\"i", "", "xyz");
        assertThat(Words.split("'C:\\temp' one\\\n two")).containsExactly("C:\\temp", "one", "two");
        assertThat(Words.split("")).isEmpty();
    }

    @Test
    void should_name_the_quote_when_it_is_not_closed() {
        assertThatThrownBy(() -> Words.split("a 'b"))
                .isInstanceOf(MagicException.class)
                .hasMessage("the quote ' is not closed in: a 'b");
    }

    @Test
    void should_give_the_word_being_typed_when_a_line_is_unfinished() {
        assertThat(Words.typed("spd tr")).isEqualTo(List.of("spd", "tr"));
        assertThat(Words.typed("spd ")).isEqualTo(List.of("spd", ""));
        assertThat(Words.typed("")).isEqualTo(List.of(""));
        assertThat(Words.typed("spd 'no")).isEqualTo(List.of("spd", "'no"));
    }
}

package org.spdbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypedLineTest {

    @Test
    void should_end_with_the_word_being_typed_when_a_line_is_unfinished() {
        assertThat(TypedLine.of("load a b").words()).containsExactly("load", "a", "b");
        assertThat(TypedLine.of("load  a ").words()).containsExactly("load", "a", "");
        assertThat(TypedLine.of("").words()).containsExactly("");
        assertThat(TypedLine.of("load a ").start()).isEqualTo(7);
    }

    @Test
    void should_be_one_word_when_a_quote_is_open_or_a_blank_escaped() {
        TypedLine open = TypedLine.of("load \"my fi");
        assertThat(open.words()).containsExactly("load", "my fi");
        assertThat(open.start()).isEqualTo(5);
        assertThat(TypedLine.of("load my\\ fi").words()).isEqualTo(List.of("load", "my fi"));
        assertThat(TypedLine.of("load 'a b' c").words()).containsExactly("load", "a b", "c");
    }

    @Test
    void should_be_read_back_as_the_word_when_it_is_quoted() {
        String word = "my \"new\" file\\";
        for (String typed : List.of("load my", "load \"my")) {
            String written = TypedLine.of(typed).quoted(word, false);
            assertThat(Words.split(written)).containsExactly(word);
        }
        assertThat(TypedLine.of("load 'm").quoted("my file", false)).isEqualTo("'my file'");
        assertThat(TypedLine.of("load 'm").quoted("my dir/", true)).isEqualTo("'my dir/");
    }
}

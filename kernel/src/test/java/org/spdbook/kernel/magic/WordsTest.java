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
        assertThat(Words.typed("spd 'no")).isEqualTo(List.of("spd", "no"));
    }

    private static List<String> filled(String line) {
        return Words.<RuntimeException>split(line, java -> "<" + java + ">");
    }

    @Test
    void should_put_the_text_into_one_word_when_java_stands_in_braces() {
        assertThat(Words.<RuntimeException>split("a{x}b {y}", java -> "1 2")).containsExactly("a1 2b", "1 2");
        assertThat(filled("\"{a b}\" {f(\"}\", '{')}")).containsExactly("<a b>", "<f(\"}\", '{')>");
        assertThat(filled("{new int[] {1, 2}.length}")).containsExactly("<new int[] {1, 2}.length>");
        assertThat(Words.<RuntimeException>split("{x}", java -> "")).containsExactly("");
    }

    @Test
    void should_keep_braces_when_they_are_doubled_quoted_escaped_empty_or_of_a_shell_variable() {
        assertThat(filled("{{a}} '{b}' \\{c {} ${d}")).containsExactly("{a}", "{b}", "{c", "{}", "${d}");
        assertThat(Words.split("{a b}")).containsExactly("{a", "b}");
    }

    @Test
    void should_say_so_when_a_brace_is_not_closed() {
        assertThatThrownBy(() -> filled("a {b"))
                .isInstanceOf(MagicException.class)
                .hasMessageStartingWith("the brace { is not closed in: a {b");
    }

    @Test
    void should_leave_the_rest_to_the_shell_when_a_command_is_filled() {
        assertThat(Words.<RuntimeException>fill("echo \"{x}\" '{y}' { z; } \\{w} {{v}}", java -> "<" + java + ">"))
                .isEqualTo("echo \"<x>\" '{y}' { z; } \\{w} {v}");
    }
}

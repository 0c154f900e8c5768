package org.spdbook.kernel.editing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.kernel.editing.LexicalState.Kind;

class LexicalStateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "int a = 1; | CODE",
                "open(\"/et | STRING",
                "open(\"/etc\") | CODE",
                "\"a \\\" b | STRING",
                "char c = ' | CHARACTER",
                "char c = '\"'; | CODE",
                "a // b \" c | COMMENT",
                "/* b | COMMENT",
                "/* b */ a | CODE",
                "\"\"\" | TEXT_BLOCK",
                "~\"\"\"\n a \"b\" c~ | TEXT_BLOCK",
                "~\"\"\"\n a \"\"\".x~ | CODE",
                "~\"not closed\n int b~ | CODE",
                "~// a\nint b~ | CODE"
            })
    void should_know_what_is_open_when_code_ends(String code, Kind kind) {
        assertThat(LexicalState.at(code).kind()).isEqualTo(kind);
    }

    @Test
    void should_give_the_content_when_a_string_is_open() {
        String code = "Path.of(\"/tmp/a";
        assertThat(code.substring(LexicalState.at(code).start())).isEqualTo("/tmp/a");
    }

    @Test
    void should_list_brackets_that_are_open_when_others_are_closed_or_quoted() {
        assertThat(LexicalState.at("f(a[0], \"(\", '{', g(").open()).containsExactly(1, 19);
        assertThat(LexicalState.at(")}]").open()).isEmpty();
    }
}

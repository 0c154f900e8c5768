package org.spdbook.magics.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralReaderTest {

    @Test
    void should_read_keys_quotes_commas_and_numbers_when_written_as_javascript() {
        Map<String, Object> tree = LiteralReader.readAssignment("""
                var trace0 =
                {
                x: ["0.0", 'b', 1.5e-3, -2, NaN,],
                "y" : {shown: true, none: null,},
                z: [[1,2,],[],],
                };""");

        assertThat(tree.get("x")).isEqualTo(Arrays.asList("0.0", "b", 0.0015, -2.0, null));
        assertThat(tree.get("z")).isEqualTo(List.of(List.of(1.0, 2.0), List.of()));
        assertThat(tree.get("y")).asString().isEqualTo("{shown=true, none=null}");
    }

    @Test
    void should_give_texts_as_they_were_when_escaped_for_html_or_json() {
        Map<String, Object> tree = LiteralReader.readAssignment(
                "var a = {t: 'it&#39;s &lt;b&gt; &amp;amp; ,]', j: \"a\\\"b\\n\\u00e9 &amp; {\"};");

        assertThat(tree).containsEntry("t", "it's <b> &amp; ,]").containsEntry("j", "a\"b\né &amp; {");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "var a = 3;",
                "var a = {x: [1, 2}",
                "var a = {x: 'open",
                "var a = {x: f(1)}",
                "var a = {x"
            })
    void should_refuse_with_a_sentence_when_it_is_no_object_literal(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LiteralReader.readAssignment(text))
                .withMessageStartingWith("a jsplot literal should have ");
    }
}

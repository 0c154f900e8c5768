package org.spdbook.kernel.magic.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.kernel.display.DisplayBundle;

class TextTableTest {

    @Test
    void should_align_text_and_escape_html_when_it_has_rows() {
        DisplayBundle bundle =
                new TextTable(List.of("a", "b"), List.of(List.of("long", "List<A>"), List.of("x", ""))).bundle("none");

        assertThat(bundle.plain()).isEqualTo("a     b\nlong  List<A>\nx");
        assertThat(bundle.data().get("text/html"))
                .asString()
                .contains("List&lt;A&gt;")
                .doesNotContain("<A>");
    }

    @Test
    void should_be_a_sentence_when_it_has_no_rows() {
        assertThat(new TextTable(List.of("a"), List.of()).bundle("none").data())
                .isEqualTo(java.util.Map.of("text/plain", "none"));
    }
}

package org.spdbook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {

    private static final Grid GRID = Grid.of(
                    List.of("method", "rate", "OOD", "remark"),
                    List.of(
                            List.of("AdamW", "3e-4", "30.9 ± 0.4", "<b>"),
                            List.of("Adam-SPD", "1e-3", "-", ""),
                            List.of("λ & co", ".003", "9.25", "a\nb")))
            .withCaption("Emoji, 3 seeds")
            .withNote("Twin, not the paper's numbers.");

    @Test
    void should_align_columns_and_set_numbers_right_when_shown_as_text() {
        assertThat(GRID.toText()).isEqualTo("""
                        Emoji, 3 seeds
                        method    rate         OOD  remark
                        --------  ----  ----------  ------
                        AdamW     3e-4  30.9 ± 0.4  <b>
                        Adam-SPD  1e-3           -
                        λ & co    .003        9.25  a b
                        Twin, not the paper's numbers.""");
    }

    @Test
    void should_know_numeric_columns_when_cells_are_numbers_or_blank() {
        assertThat(GRID.isNumeric(0)).isFalse();
        assertThat(GRID.isNumeric(1)).isTrue();
        assertThat(GRID.isNumeric(2)).isTrue();
        assertThat(GRID.isNumeric(3)).isFalse();
        assertThat(Grid.of(List.of("a"), List.of(List.of("-"))).isNumeric(0)).isFalse();
        assertThat(Grid.of(List.of("a"), List.of(List.of("+10.3 %"), List.of("1,000"), List.of("−2")))
                        .isNumeric(0))
                .isTrue();
    }

    @Test
    void should_escape_cells_mark_headers_and_hold_no_script_when_shown_as_html() {
        String html = GRID.toHtml();

        assertThat(html).contains("<th scope=\"col\"", "&lt;b&gt;", "λ &amp; co", "Emoji, 3 seeds</caption>");
        assertThat(html).contains("text-align:right").doesNotContain("<script", "<b>", "<style");
        assertThat(html.split("<tr>", -1)).hasSize(1 + 1 + 3);
    }

    @Test
    void should_refuse_a_row_when_it_has_another_number_of_cells() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grid("Emoji", List.of("a", "b"), List.of(List.of("1")), List.of()))
                .withMessage("row 0 of table 'Emoji' needs 2 cells, one per column, got 1");
    }
}

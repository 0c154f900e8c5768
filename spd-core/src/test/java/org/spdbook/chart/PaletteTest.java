package org.spdbook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaletteTest {

    private static final List<String> METHODS = List.of("adamw", "adam-spd", "l2sp", "adam", "zero-shot");

    @Test
    void should_give_every_method_of_the_book_its_own_colour_and_marker_when_asked() {
        assertThat(METHODS.stream().map(name -> Palette.of(name).color())).doesNotHaveDuplicates();
        assertThat(METHODS.stream().map(name -> Palette.of(name).marker())).doesNotHaveDuplicates();
        assertThat(Palette.of("Adam-SPD")).isEqualTo(Palette.of("adam_spd")).isEqualTo(Palette.of("spd"));
        assertThat(Palette.of("adam-spd")).isEqualTo(new Style("#0072B2", Marker.CIRCLE, 0));
    }

    @Test
    void should_give_unlisted_names_a_style_of_their_own_when_they_meet_in_one_chart() {
        List<String> names = new ArrayList<>(METHODS);
        for (int i = 0; i < 12; i++) {
            names.add("method " + i);
        }
        List<Style> styles = Palette.of(names);

        assertThat(styles).doesNotHaveDuplicates();
        assertThat(styles.subList(0, 5))
                .isEqualTo(METHODS.stream().map(Palette::of).toList());
        assertThat(Palette.of(List.of("adamw", "method 3")).get(1)).isEqualTo(Palette.of("method 3"));
    }

    @Test
    void should_keep_hue_and_marker_and_change_lightness_and_dash_when_a_method_comes_twice() {
        List<Style> styles = Palette.of(List.of("adamw", "adam-spd", "AdamW"));

        assertThat(styles.get(0).rank()).isZero();
        assertThat(styles.get(2).rank()).isEqualTo(1);
        assertThat(styles.get(2).marker()).isEqualTo(Marker.SQUARE);
        assertThat(styles.get(2).color()).isNotEqualTo(styles.get(0).color());
        assertThat(styles.get(2).dash()).isNotEqualTo(styles.get(0).dash());
    }

    @Test
    void should_share_the_colour_and_be_empty_when_a_series_is_a_hollow_companion() {
        double[] one = {1};
        List<Style> styles = Palette.ofSeries(List.of(
                Series.line("adamw", one, one),
                Series.line("ID", one, one).withMethod("adamw").asHollow(),
                Series.line("more", one, one).withMethod("AdamW"),
                Series.line("more ID", one, one).withMethod("adamw").asHollow()));

        assertThat(styles.get(1).color()).isEqualTo(styles.get(0).color());
        assertThat(styles.get(3).color())
                .isEqualTo(styles.get(2).color())
                .isNotEqualTo(styles.get(0).color());
        assertThat(styles).extracting(Style::symbol).containsExactly("square", "square-open", "square", "square-open");
        assertThat(styles).extracting(Style::dash).containsExactly("", "1.5 4", "6 3", "1.5 4");
    }

    @Test
    void should_stand_out_from_white_when_used_for_lines() {
        for (String method : METHODS) {
            String color = Palette.of(method).color();
            double contrast = 1.05 / (luminance(color) + 0.05);

            assertThat(contrast).as("%s %s", method, color).isGreaterThan(2.1);
        }
    }

    private static double luminance(String color) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : StrictMath.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}

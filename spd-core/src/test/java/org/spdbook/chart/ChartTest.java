package org.spdbook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final Axis STEP = Axis.linear("step", "");
    private static final Axis LOSS = Axis.log("loss", "nats");
    private static final double[] THREE = {0, 1, 2};

    private static Chart chart(Axis x, Axis y) {
        return Chart.of("A title", x, y, "A message.");
    }

    @Test
    void should_refuse_with_a_sentence_when_lengths_differ() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.line("adamw", THREE, new double[] {1, 2}))
                .withMessage("series 'adamw' has 2 values but 3 places (x); give one for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.line("adamw", THREE, THREE).withLabels(List.of("a")))
                .withMessage("series 'adamw' has 3 values but 1 labels; give one for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        HeatMap.of(List.of("a"), List.of("1", "2"), new double[][] {{1}}, "share", new Range(0, 1)))
                .withMessage("row 'a' of the heat map needs 2 values, one per column, got 1");
    }

    @Test
    void should_refuse_values_up_to_zero_when_the_scale_is_logarithmic() {
        Chart empty = chart(STEP, LOSS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.with(Series.line("adamw", THREE, new double[] {1, 0, 2})))
                .withMessageContaining("log axis 'loss' needs values above 0, got 0.0 in series 'adamw'");
        assertThat(empty.with(Series.line("adamw", THREE, new double[] {1, Double.NaN, 2}))
                        .series())
                .hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> LOSS.withRange(0, 1));
    }

    @Test
    void should_refuse_bars_when_no_axis_has_categories_or_a_place_has_no_category() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chart(STEP, Axis.linear("accuracy", "%")).with(Series.bars("adamw", 1, 2)))
                .withMessageContaining("need an axis with categories");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chart(Axis.categories("set", List.of("a")), Axis.linear("accuracy", "%"))
                        .with(Series.bars("adamw", 1, 2)))
                .withMessageContaining("needs places 0 to 0");
    }

    @Test
    void should_refuse_a_message_when_it_is_longer_than_one_breath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chart(STEP, LOSS).withMessage("x".repeat(251)))
                .withMessageContaining("1 to 250 characters")
                .withMessageContaining("got 251");
    }

    @Test
    void should_refuse_infinite_values_and_unnamed_error_bars_when_built() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.line("adamw", THREE, new double[] {1, Double.POSITIVE_INFINITY, 2}))
                .withMessageContaining("at 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Interval.of(" ", new double[] {1}, new double[] {2}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interval.of("90 % interval", new double[] {3}, new double[] {2}))
                .withMessageContaining("got 3.0 to 2.0");
    }

    @Test
    void should_tell_smallest_largest_and_last_when_shown_as_text() {
        Chart chart = chart(STEP, LOSS)
                .with(Series.line("adamw", THREE, new double[] {2.5, Double.NaN, 0.25}))
                .with(Series.line("adam-spd", THREE, new double[] {4, 2, 1}));

        assertThat(chart.toText()).isEqualTo("""
                        A message.
                        adamw     █ ▁  min 0.25, max 2.5, last 0.25
                        adam-spd  █▃▁  min 1, max 4, last 1""");
    }

    @Test
    void should_shorten_a_sparkline_to_means_when_there_are_more_values_than_places() {
        assertThat(Sparkline.of(List.of(0.0, 0.0, 3.0, 5.0, 8.0, 8.0), 3)).isEqualTo("▁▅█");
        assertThat(Sparkline.of(List.of(1.0, 1.0), 5)).isEqualTo("▁▁");
    }
}

package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Series;
import org.spdbook.optim.TensorReport;
import org.spdbook.train.History;
import org.spdbook.train.LogEntry;

class LayerChartsTest {

    private static final List<String> TENSORS =
            List.of("v.pos", "v.blocks.0.f1.weight", "v.blocks.0.f1.bias", "v.blocks.1.f1.weight", "head");
    private static final TensorReport PULLED = new TensorReport(-1, true, 0.25);

    private static Run run(String optimizer, double rate, long seed, History history) {
        return new Run(
                "name",
                ExperimentSpec.of("w", "a", optimizer, rate, seed, Map.of()),
                Map.of(),
                Map.of("a", 50.0, "b", 40.0),
                50,
                1,
                history,
                1);
    }

    private static Run run(String optimizer, long seed, double scale) {
        boolean selects = optimizer.equals("adam-spd");
        TensorReport none = TensorReport.NONE;
        List<LogEntry> entries = List.of(
                new LogEntry(
                        1,
                        2,
                        1e-3,
                        selects ? List.of(none, PULLED, none, PULLED, none) : List.of(),
                        List.of(9.0, 9.0, 9.0, 9.0, 9.0)),
                new LogEntry(2, 1, 1e-3, List.of(), List.of()),
                new LogEntry(
                        3,
                        1,
                        1e-3,
                        selects ? List.of(none, PULLED, PULLED, PULLED, none) : List.of(),
                        List.of(scale, 3 * scale, 4 * scale, 2 * scale, 0.0)));
        return run(optimizer, 1e-3, seed, new History(TENSORS, entries));
    }

    @Test
    void should_sum_up_the_last_deviations_of_a_layer_when_plotted() {
        Chart chart = LayerCharts.deviation(List.of(run("adamw", 0, 1), run("adam-spd", 0, 0.5)));

        assertThat(chart.y().categories()).containsExactly("stem", "block 1", "block 2", "head");
        assertThat(chart.series().get(0).y()).containsExactly(1.0, 5.0, 2.0, 0.0);
        assertThat(chart.series().get(1).y()).containsExactly(0.5, 2.5, 1.0, 0.0);
        assertThat(chart.series()).extracting(Series::method).containsExactly("adamw", "adam-spd");
        assertThat(chart.series()).allMatch(series -> series.interval() == null);
        assertThat(chart.message()).contains("adamw 1e-3 moves most in block 1 (5.00)");
    }

    @Test
    void should_give_means_with_standard_errors_when_a_setting_was_run_with_two_seeds() {
        Chart chart = LayerCharts.deviation(List.of(run("adamw", 0, 1), run("adamw", 1, 2)));

        Series bars = chart.series().get(0);
        assertThat(chart.series()).hasSize(1);
        assertThat(bars.y()).containsExactly(1.5, 7.5, 3.0, 0.0);
        assertThat(Objects.requireNonNull(bars.interval()).high().get(1)).isCloseTo(10, within(1e-12));
    }

    @Test
    void should_show_the_share_of_a_layers_tensors_when_selection_is_plotted() {
        Chart chart = LayerCharts.selection(run("adam-spd", 0, 1));
        var map = Objects.requireNonNull(chart.heatMap());

        assertThat(map.rows()).containsExactly("stem", "block 1", "block 2", "head");
        assertThat(map.columns()).containsExactly("1", "3");
        assertThat(map.values())
                .containsExactly(List.of(0.0, 0.0), List.of(0.5, 1.0), List.of(1.0, 1.0), List.of(0.0, 0.0));
        assertThat(chart.message()).contains("50 % of the tensors", "most in block 2 (100 %)");
    }

    @Test
    void should_say_in_a_sentence_what_is_missing_when_the_runs_do_not_make_a_chart() {
        Run stored = run("adam-spd", 1e-3, 0, new History(List.of(), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerCharts.deviation(List.of(run("adamw", 0, 1), stored)))
                .withMessageContaining("has no history of its tensors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerCharts.selection(stored))
                .withMessageContaining("has no history of its tensors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerCharts.selection(run("adamw", 0, 1)))
                .withMessageContaining("pulled no tensor back");
        Run other = run(
                "adamw", 1e-2, 0, new History(List.of("x"), List.of(new LogEntry(1, 1, 1, List.of(), List.of(1.0)))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerCharts.deviation(List.of(run("adamw", 0, 1), other)))
                .withMessageContaining("1 trained tensors beside name with 5");
        List<Run> many = IntStream.range(1, 10)
                .mapToObj(i -> run("adamw", i, 0, run("adamw", 0, 1).history()))
                .toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerCharts.deviation(many))
                .withMessageContaining("at most 8 settings, got 9");
    }
}

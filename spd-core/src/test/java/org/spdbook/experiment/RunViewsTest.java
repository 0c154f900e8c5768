package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Grid;
import org.spdbook.chart.Series;
import org.spdbook.optim.TensorReport;
import org.spdbook.train.History;
import org.spdbook.train.LogEntry;

class RunViewsTest {

    private static Run run(String optimizer, double rate, double id, double ood, double validation, double deviation) {
        boolean selects = optimizer.equals("adam-spd");
        List<LogEntry> entries = new ArrayList<>();
        for (int step = 1; step <= 16; step++) {
            List<TensorReport> reports =
                    selects ? List.of(new TensorReport(-1, step > 8, 0.25), TensorReport.NONE) : List.of();
            entries.add(new LogEntry(step, 4.0 / step, rate, reports, List.of(deviation * step / 16, 0.0)));
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("a", id);
        scores.put("b", ood - 2);
        scores.put("c", ood + 2);
        return new Run(
                "",
                ExperimentSpec.of("w", "a", optimizer, rate, 0, selects ? Map.of("lambda", "1") : Map.of()),
                Map.of("a", 20.0, "b", 30.0, "c", 40.0),
                scores,
                validation,
                deviation,
                new History(List.of("x", "y"), entries),
                1);
    }

    private final Run slow = run("adamw", 1e-4, 30, 36, 31, 1);
    private final Run fast = run("adamw", 1e-3, 40, 30, 39, 4);
    private final Run spdSlow = run("adam-spd", 1e-4, 31, 35, 30, 0.5);
    private final Run spdFast = run("adam-spd", 1e-3, 39, 34, 41, 2);

    @Test
    void should_give_accuracies_when_asked() {
        assertThat(fast.id()).isEqualTo(40);
        assertThat(fast.ood()).isEqualTo(30);
        assertThat(fast.oodBefore()).isEqualTo(35);
        assertThat(fast.accuracy("b")).isEqualTo(28);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fast.accuracy("z"))
                .withMessageContaining("test set z is not known; choose one of a, b, c");
    }

    @Test
    void should_compare_three_ways_when_both_methods_have_two_rates() {
        List<List<String>> rows =
                RunGrids.verdict(List.of(slow, fast, spdSlow, spdFast)).rows();

        assertThat(rows)
                .containsExactly(
                        List.of("same rate 1e-4", "30.0 / 36.0", "31.0 / 35.0", "-1.0", "0.5"),
                        List.of("same rate 1e-3", "40.0 / 30.0", "39.0 / 34.0", "+4.0", "0.5"),
                        List.of("tuned on ID validation", "40.0 / 30.0", "39.0 / 34.0", "+4.0", "0.5"),
                        List.of("best rate in hindsight", "30.0 / 36.0", "31.0 / 35.0", "-1.0", "0.5"));
    }

    @Test
    void should_leave_out_what_cannot_be_said_when_there_is_one_rate() {
        Grid verdict = RunGrids.verdict(List.of(fast, spdFast));

        assertThat(verdict.rows()).hasSize(1);
        assertThat(verdict.notes().get(0)).contains("Same rate only");
        assertThat(RunGrids.verdict(List.of(slow, spdFast)).rows()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> RunGrids.comparison(List.of(fast)));
    }

    @Test
    void should_mark_the_domain_trained_on_when_shown() {
        assertThat(RunGrids.accuracy(fast).rows())
                .containsExactly(
                        List.of("a (ID)", "20.0", "40.0"),
                        List.of("b", "30.0", "28.0"),
                        List.of("c", "40.0", "32.0"),
                        List.of("OOD mean", "35.0", "30.0"));
        assertThat(RunGrids.comparison(List.of(fast, spdFast)).rows().get(0))
                .containsExactly("a", "20.0", "40.0 ID", "39.0 ID");
    }

    @Test
    void should_draw_what_was_logged_when_plotted() {
        Chart loss = RunCharts.loss(List.of(fast, spdFast));
        Chart deviation = RunCharts.deviation(List.of(fast, spdFast));
        Chart frontier = RunCharts.frontier(List.of(slow, fast, spdFast));

        assertThat(loss.series()).extracting(Series::method).containsExactly("adamw", "adam-spd");
        assertThat(loss.series().get(0).y().get(0)).isEqualTo(4);
        assertThat(loss.series().get(0).y().get(15)).isCloseTo((4.0 / 16 + 4.0 / 15) / 2, within(1e-12));
        assertThat(deviation.series().get(0).y().get(15)).isEqualTo(4);
        assertThat(deviation.message()).startsWith("adam-spd");
        assertThat(frontier.series()).extracting(Series::name).containsExactly("adamw", "adam-spd", "zero-shot");
        assertThat(frontier.series().get(0).x()).containsExactly(30.0, 40.0);
    }

    @Test
    void should_show_ratios_where_selected_when_selection_is_plotted() {
        Chart chart = RunCharts.selection(spdFast);

        assertThat(java.util.Objects.requireNonNull(chart.heatMap()).values().get(0))
                .hasSize(16)
                .startsWith(Double.NaN)
                .endsWith(0.25);
        assertThat(chart.message()).contains("25 %");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunCharts.selection(fast))
                .withMessageContaining("pulled no tensor back");
    }

    @Test
    void should_have_rows_of_groups_when_the_world_of_a_run_has_some() {
        Run base = MadeAlbum.run(Setting.of("adamw", 1e-3, 0), 0, 0, 4, 3, 3, 1, 1, 2);
        Run ours = MadeAlbum.run(Setting.of("adam-spd", 1e-3, 1), 0, 0, 4, 6, 3, 2, 2, 1);

        // 3 of 9 and 3 of 6; 1 of 5, 1 of 4, 2 of 5. Untrained 24, but 12 on one of the far sets
        Grid one = RunGrids.accuracy(base);
        assertThat(one.rows().subList(6, 9))
                .containsExactly(
                        List.of("OOD mean", "21.6", "33.7"),
                        List.of("near mean", "24.0", "41.7"),
                        List.of("far mean", "20.0", "28.3"));
        assertThat(one.notes())
                .contains("Groups of test sets, each a mean: near (edited, reworded), far (texts, facts, outdoors).");
        assertThat(RunGrids.comparison(List.of(base, ours)).rows())
                .contains(List.of("near mean", "24.0", "41.7", "58.3"), List.of("far mean", "20.0", "28.3", "36.7"));
        Grid verdict = RunGrids.verdict(List.of(base, ours));
        assertThat(verdict.header()).containsSequence("OOD difference", "near difference", "far difference");
        assertThat(verdict.rows().get(0).subList(3, 6)).containsExactly("+11.7", "+16.7", "+8.3");
        assertThat(RunGrids.accuracy(fast).toText()).doesNotContain("near");
    }
}

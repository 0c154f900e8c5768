package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Chart;
import org.spdbook.chart.PlotlyJson;
import org.spdbook.chart.Scale;
import org.spdbook.chart.Series;
import org.spdbook.chart.SvgWriter;
import org.spdbook.train.History;

class SettingChartsTest {

    private static Run run(String optimizer, double rate, double lambda, long seed, double id, double ood) {
        Map<String, String> options = lambda == 0 ? Map.of() : Map.of("lambda", Double.toString(lambda));
        return run(ExperimentSpec.of("w", "a", optimizer, rate, seed, options), id, ood);
    }

    private static Run run(ExperimentSpec spec, double id, double ood) {
        return new Run(
                "stored",
                spec,
                Map.of(),
                Map.of("a", id, "b", ood),
                Double.NaN,
                1,
                new History(List.of(), List.of()),
                1);
    }

    /** Two seeds of a setting, a point above and below the means. */
    private static List<Run> pair(String optimizer, double rate, double lambda, double id, double ood) {
        return List.of(
                run(optimizer, rate, lambda, 0, id - 1, ood - 1), run(optimizer, rate, lambda, 1, id + 1, ood + 1));
    }

    private static List<Run> grid() {
        List<Run> runs = new ArrayList<>();
        runs.addAll(pair("adamw", 3e-3, 0, 60, 30));
        runs.addAll(pair("adamw", 1e-3, 0, 61, 50));
        runs.addAll(pair("adam-spd", 1e-3, 1, 62, 51));
        runs.addAll(pair("adam-spd", 1e-3, 2, 59, 53));
        runs.addAll(pair("adam-spd", 3e-3, 2, 58, 52));
        return runs;
    }

    @Test
    void should_draw_a_line_per_method_and_strength_when_rates_are_plotted() {
        Chart chart = SettingCharts.rates(grid());

        assertThat(chart.series())
                .extracting(Series::name)
                .containsExactly(
                        "adamw OOD",
                        "adamw ID",
                        "adam-spd, lambda 1 OOD",
                        "adam-spd, lambda 1 ID",
                        "adam-spd, lambda 2 OOD",
                        "adam-spd, lambda 2 ID");
        assertThat(chart.x().scale()).isEqualTo(Scale.LOG);
        Series ood = chart.series().get(0);
        assertThat(ood.x()).containsExactly(1e-3, 3e-3);
        assertThat(ood.y()).containsExactly(50.0, 30.0);
        assertThat(ood.hollow()).isFalse();
        assertThat(chart.series().get(1).hollow()).isTrue();
        assertThat(chart.series().get(1).y()).containsExactly(61.0, 60.0);
        assertThat(chart.series().get(4).labels()).containsExactly("", "lambda 2");
        assertThat(chart.series()).extracting(Series::method).startsWith("adamw", "adamw", "adam-spd");
    }

    @Test
    void should_name_standard_errors_and_pairs_when_there_are_several() {
        Chart chart = SettingCharts.rates(grid());
        var bars = Objects.requireNonNull(chart.series().get(0).interval());

        assertThat(bars.name()).startsWith("standard error over pairs (domain, seed)");
        assertThat(bars.low().get(0)).isCloseTo(49, within(1e-12));
        assertThat(bars.high().get(1)).isCloseTo(31, within(1e-12));
        assertThat(chart.note()).contains("Means over 2 pairs", "(OOD)", "(ID)");
    }

    @Test
    void should_say_how_far_methods_vary_when_rates_are_plotted() {
        assertThat(SettingCharts.rates(grid()).message())
                .isEqualTo(
                        "From rate 1e-3 to 3e-3, mean OOD accuracy varies by 20.0 points with adamw (30.0 to 50.0 %),"
                                + " by 2.0 points with adam-spd (51.0 to 53.0 %).");
    }

    @Test
    void should_leave_out_methods_without_strength_when_lambda_is_plotted() {
        Chart chart = SettingCharts.lambda(grid());

        assertThat(chart.series())
                .extracting(Series::name)
                .containsExactly("adam-spd, 1e-3 OOD", "adam-spd, 1e-3 ID", "adam-spd, 3e-3 OOD", "adam-spd, 3e-3 ID");
        assertThat(chart.series().get(0).x()).containsExactly(1.0, 2.0);
        assertThat(chart.note()).contains("Left out", "adamw 3e-3; adamw 1e-3");
        assertThat(chart.message()).contains("in hindsight: 53.0 % with adam-spd 1e-3, lambda 2 (ID 59.0 %)");
    }

    @Test
    void should_tell_the_forms_of_a_method_apart_when_lambda_is_plotted() {
        List<Run> runs = new ArrayList<>();
        for (double lambda : new double[] {0.1, 1}) {
            runs.add(run("l2sp", 1e-3, lambda, 0, 60, 50));
            Map<String, String> form = Map.of("lambda", Double.toString(lambda), "decoupled", "true");
            runs.add(run(ExperimentSpec.of("w", "a", "l2sp", 1e-3, 0, form), 61, 49));
        }
        Chart chart = SettingCharts.lambda(runs);

        assertThat(chart.series())
                .extracting(Series::name)
                .containsExactly("l2sp OOD", "l2sp ID", "l2sp decoupled OOD", "l2sp decoupled ID");
        assertThat(chart.title()).endsWith("rate 1e-3");
        assertThat(chart.series()).allMatch(series -> series.interval() == null);
        assertThat(chart.note()).contains("one seed proves nothing");
    }

    @Test
    void should_draw_one_point_per_setting_when_the_frontier_of_a_table_is_plotted() {
        Chart chart = SettingCharts.frontier(grid());

        assertThat(chart.series()).extracting(Series::name).containsExactly("adamw", "adam-spd");
        assertThat(chart.series().get(0).x()).containsExactly(60.0, 61.0);
        assertThat(chart.series().get(0).labels()).containsExactly("3e-3", "1e-3");
        assertThat(chart.series().get(1).y()).containsExactly(51.0, 53.0, 52.0);
        assertThat(chart.series().get(1).labels()).containsExactly("1e-3, λ 1", "1e-3, λ 2", "3e-3, λ 2");
    }

    @Test
    void should_keep_the_method_of_a_series_when_the_recipe_has_other_settings() {
        Map<String, String> strength = Map.of("lambda", "1.0");
        var spec = new ExperimentSpec("w", "twin", "a", "adam-spd", 1e-3, 0, strength, Map.of("epochs", "3"));

        Series series =
                SettingCharts.frontier(List.of(run(spec, 60, 50))).series().get(0);

        assertThat(series.name()).isEqualTo("adam-spd epochs=3");
        assertThat(series.method()).isEqualTo("adam-spd");
    }

    @Test
    void should_share_a_label_when_neighbouring_strengths_lie_upon_each_other() {
        List<Run> runs = new ArrayList<>();
        runs.add(run("l2sp", 1e-3, 3, 0, 60, 56));
        runs.add(run("l2sp", 1e-3, 0.01, 0, 67.1, 48.1));
        runs.add(run("l2sp", 1e-3, 0.001, 0, 67, 48));
        runs.add(run("adamw", 1e-3, 0, 0, 66, 47));
        Chart chart = SettingCharts.frontier(runs);

        assertThat(chart.series().get(0).labels()).containsExactly("", "0.001–0.01", "3");
        assertThat(chart.series().get(1).labels()).containsExactly("");
    }

    @Test
    void should_count_the_last_run_of_a_pair_and_warn_when_pairs_differ() {
        List<Run> runs = new ArrayList<>(grid());
        runs.add(run("adamw", 1e-3, 0, 1, 71, 61));
        runs.add(run("adamw", 1e-3, 0, 2, 70, 60));
        Chart chart = SettingCharts.rates(runs);

        assertThat(chart.series().get(0).y().get(0)).isCloseTo((49 + 61 + 60) / 3.0, within(1e-12));
        assertThat(chart.note()).contains("different pairs");
    }

    @Test
    void should_say_in_a_sentence_what_is_missing_when_the_runs_do_not_make_a_chart() {
        List<Run> one = pair("adamw", 1e-3, 0, 60, 30);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingCharts.rates(one))
                .withMessageContaining("two values of learning rate above 0, the 2 given have only 1e-3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingCharts.lambda(one))
                .withMessageContaining("two values of lambda above 0, the 2 given have none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingCharts.frontier(List.of()))
                .withMessageContaining("at least one run");
        Run other = run(ExperimentSpec.of("v", "a", "adamw", 1e-3, 0, Map.of()), 1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingCharts.frontier(List.of(one.get(0), other)))
                .withMessageContaining("different experiments: v and w");
    }

    @Test
    void should_be_drawable_with_a_short_message_when_there_are_many_methods() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            runs.addAll(pair("method-number-" + i, 1e-3, 1, 60 + i, 30 + i));
            runs.addAll(pair("method-number-" + i, 1e-2, 2, 60 - i, 30 - i));
        }
        for (Chart chart :
                List.of(SettingCharts.rates(runs), SettingCharts.lambda(runs), SettingCharts.frontier(runs))) {
            assertThat(chart.message()).endsWith(" more.");
            assertThat(SvgWriter.standard().write(chart)).doesNotContain("NaN", "Infinity");
            assertThat(PlotlyJson.of(chart)).containsKeys("data", "layout");
        }
    }
}

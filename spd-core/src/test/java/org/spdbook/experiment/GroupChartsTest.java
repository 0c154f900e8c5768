package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Interval;
import org.spdbook.chart.Marker;
import org.spdbook.chart.Palette;
import org.spdbook.chart.Series;
import org.spdbook.chart.Style;
import org.spdbook.chart.SvgWriter;

class GroupChartsTest {

    private static final Offset<Double> NEAR = within(1e-9);

    /** AdamW at one rate and Adam-SPD with and without WiSE-FT; of the second seed one more of 6 (near) and of 5 (far) is right. */
    private static List<Run> runs(int seeds) {
        List<Run> runs = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            runs.add(MadeAlbum.run(Setting.of("adamw", 1e-3, 0), seed, 0, 4, 3, 3 + seed, 1 + seed, 1, 2));
            runs.add(MadeAlbum.run(Setting.of("adam-spd", 1e-3, 1), seed, 0, 4, 6, 3 + seed, 2 + seed, 1, 2));
            runs.add(MadeAlbum.run(
                    new Setting("adam-spd", 1e-3, 1, Map.of("trained", "head")), seed, 0, 4, 0, 0, 5, 4, 5));
        }
        return runs;
    }

    private static Series named(Chart chart, String name) {
        return chart.series().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void should_have_a_point_per_setting_with_the_means_of_both_groups() {
        Chart chart = GroupCharts.groups(runs(2));
        Series adamw = named(chart, "adamw");

        // 3 of 9 and 3 or 4 of 6; 1 or 2 of 5, 1 of 4 and 2 of 5
        assertThat(adamw.x().get(0)).isCloseTo((100 / 3.0 + 350 / 6.0) / 2, NEAR);
        assertThat(adamw.y().get(0)).isCloseTo((30 + 25 + 40) / 3.0, NEAR);
        assertThat(chart.series())
                .extracting(Series::name)
                .containsExactly("adamw", "adam-spd", "adam-spd trained=head", "zero-shot");
        assertThat(chart.x().text()).isEqualTo("mean VQA accuracy, near (%)");
        assertThat(chart.y().text()).isEqualTo("mean VQA accuracy, far (%)");
        assertThat(chart.note()).contains("Means over 2 pairs", "near (edited, reworded)");
    }

    @Test
    void should_have_error_bars_both_ways_only_when_there_are_several_seeds() {
        Series two = named(GroupCharts.groups(runs(2)), "adamw");
        Interval up = Objects.requireNonNull(two.interval());
        Interval across = Objects.requireNonNull(two.across());

        // of two values d apart the standard error is d / 2: 100/6 on one of two sets, 20 on one of three
        assertThat(across.high().get(0) - two.x().get(0)).isCloseTo(100 / 6.0 / 2 / 2, NEAR);
        assertThat(two.y().get(0) - up.low().get(0)).isCloseTo(20 / 3.0 / 2, NEAR);
        assertThat(GroupCharts.groups(runs(1)).series())
                .allMatch(one -> one.interval() == null && one.across() == null);
    }

    @Test
    void should_mark_the_untrained_model_when_all_runs_tell_of_it() {
        Series untrained = named(GroupCharts.groups(runs(2)), "zero-shot");
        Run told = runs(1).get(0);
        Run silent = new Run(
                "made", told.key(), told.spec(), Map.of(), told.scores(), told.outcomes(), 50, 2, told.history(), 1);

        assertThat(untrained.x()).containsExactly(24.0);
        assertThat(untrained.y().get(0)).isCloseTo(20, NEAR);
        assertThat(Palette.ofSeries(GroupCharts.groups(runs(2)).series()))
                .extracting(Style::marker)
                .filteredOn(Marker.STAR::equals)
                .hasSize(1);
        assertThat(GroupCharts.groups(List.of(silent)).series())
                .extracting(Series::name)
                .containsExactly("adamw");
    }

    @Test
    void should_say_which_is_best_in_a_sentence_when_drawn() {
        Chart chart = GroupCharts.groups(runs(1));

        assertThat(chart.message())
                .isEqualTo("The best far is that of adam-spd trained=head 1e-3, lambda 1: near 0.0 %, far 100.0 %. The"
                        + " best near is that of adam-spd 1e-3, lambda 1: near 58.3 %, far 35.0 %.");
        assertThat(GroupCharts.groups(runs(1).subList(0, 2)).message())
                .isEqualTo("The best far is that of adam-spd 1e-3, lambda 1: near 58.3 %, far 35.0 %, which is the best"
                        + " near too.");
        assertThat(SvgWriter.standard().write(chart)).contains("near (%)", "far (%)");
    }

    @Test
    void should_say_what_is_needed_when_there_are_no_two_groups() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupCharts.groups(List.of(MadeRuns.of("adamw@1e-3", 0, 40, 30, 50, 1))))
                .withMessage("plot groups needs runs that were tested on two groups of test sets, those of made have"
                        + " none; choose plot frontier");
        List<Run> some = List.of(runs(1).get(0).on(List.of("asked", "edited", "reworded")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupCharts.groups(some))
                .withMessageContaining("have only near;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupCharts.groups(List.of()))
                .withMessageContaining("at least one run");
    }
}

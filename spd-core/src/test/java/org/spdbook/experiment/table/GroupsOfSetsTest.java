package org.spdbook.experiment.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Grid;
import org.spdbook.chart.Series;
import org.spdbook.eval.Estimate;
import org.spdbook.eval.Mean;
import org.spdbook.eval.PairedBootstrap;
import org.spdbook.experiment.MadeAlbum;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;

/** Tables of a world with groups of test sets: sets of 6 (ID); 9, 6 (near); 5, 4 and 5 questions (far). */
class GroupsOfSetsTest {

    private static final Offset<Double> NEAR = within(1e-9);

    /** Two methods at two rates, two seeds; questions that are not fully right count 0 or .3. */
    private static Table table() {
        List<Run> runs = new ArrayList<>();
        for (long seed = 0; seed < 2; seed++) {
            int more = (int) seed;
            runs.add(MadeAlbum.run(Setting.of("adamw", 1e-3, 0), seed, 0, 4, 3, 3 + more, 1, 1, 2));
            runs.add(MadeAlbum.run(Setting.of("adamw", 1e-2, 0), seed, 1, 3, 2, 2, 1, 0, 1));
            runs.add(MadeAlbum.run(Setting.of("adam-spd", 1e-3, 1), seed, 0, 4, 6, 3 + more, 2, 2, 1));
            runs.add(MadeAlbum.run(Setting.of("adam-spd", 1e-2, 1), seed, 1, 4, 5, 3, 1, 2, 3));
        }
        return new Table("album", "twin", runs);
    }

    private static String line(Grid grid, String begin) {
        return grid.toText()
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError(grid.toText()));
    }

    @Test
    void should_be_the_means_by_hand_when_summed_up() {
        Table.Summary adamw = table().summary().get(0);
        Table.Summary other = table().summary().get(1);

        // 3 of 9, then 3 or 4 of 6; 1 of 5, 1 of 4 and 2 of 5
        assertThat(adamw.groups().keySet()).containsExactly("near", "far");
        assertThat(adamw.groups().get("near")).isCloseTo((100 / 3.0 + 350 / 6.0) / 2, NEAR);
        assertThat(adamw.groups().get("far")).isCloseTo((20 + 25 + 40) / 3.0, NEAR);
        assertThat(adamw.ood()).isCloseTo((100 / 3.0 + 350 / 6.0 + 20 + 25 + 40) / 5, NEAR);
        // what is not right counts .3: 2 + 2.1 of 9, 2 + 1.2 of 6; 1 + 1.2 of 5, 1.2 of 4 and 1 + 1.2 of 5
        assertThat(other.groups().get("near")).isCloseTo((410 / 9.0 + 320 / 6.0) / 2, NEAR);
        assertThat(other.groups().get("far")).isCloseTo((44 + 30 + 44) / 3.0, NEAR);
    }

    @Test
    void should_be_a_difference_with_its_interval_when_methods_are_compared() {
        Comparison pair = table().compare("adamw@1e-3", "adam-spd@1e-3/1", Choice.SAME_RATE)
                .orElseThrow();
        Estimate near = Objects.requireNonNull(pair.groups().get("near"));
        Estimate far = Objects.requireNonNull(pair.groups().get("far"));

        // 3 more of 9 and none of 6; 1 more of 5, 1 more of 4, 1 less of 5
        assertThat(near.mean()).isCloseTo((300 / 9.0 + 0) / 2, NEAR);
        assertThat(far.mean()).isCloseTo((20 + 25 - 20) / 3.0, NEAR);
        assertThat(pair.ood().mean()).isCloseTo((2 * near.mean() + 3 * far.mean()) / 5, NEAR);
        assertThat(near.low()).isBetween(0.0, 15.0);
        assertThat(near.high()).isBetween(18.0, 35.0);
        // texts and outdoors are of one size and drawn together: what one gains the other loses, which leaves 1 of 4
        assertThat(far.low()).isZero();
        assertThat(far.high()).isBetween(100 / 3.0 / 2 - 1e-9, 100 / 3.0);
    }

    @Test
    void should_draw_questions_as_the_bootstrap_does_when_a_group_has_an_interval() {
        Comparison pair = table().compare("adamw@1e-3", "adam-spd@1e-3/1", Choice.SAME_RATE)
                .orElseThrow();
        List<Run> runs = table().runs();
        PairedBootstrap.Sample[][] samples = new PairedBootstrap.Sample[1][2];
        for (int seed = 0; seed < 2; seed++) {
            var difference = new PairedDifference();
            for (String set : List.of("edited", "reworded")) {
                difference.add(
                        set,
                        Objects.requireNonNull(runs.get(4 * seed).outcomes().get(set)),
                        Objects.requireNonNull(runs.get(4 * seed + 2).outcomes().get(set)),
                        .5);
            }
            samples[0][seed] = difference;
        }

        assertThat(pair.groups().get("near")).isEqualTo(PairedBootstrap.mean(samples, true));
    }

    @Test
    void should_have_columns_of_groups_when_shown() {
        List<Grid> grids = TableGrids.of(table(), "made", List.of());

        assertThat(grids.get(0).header())
                .containsExactly("method", "rate", "lambda", "ID %", "OOD %", "near %", "far %", "deviation", "n");
        assertThat(line(grids.get(0), "adamw 1e-3")).contains(" 66.7 35.3 45.8 28.3 2.00 2");
        assertThat(grids.get(0).toText())
                .contains("Groups of test sets, each a mean: near (edited, reworded), far (texts, facts, outdoors).");
        assertThat(grids.get(0).toHtml()).contains("near %", "far %", "45.8", "28.3");
        assertThat(grids.get(1).header())
                .containsExactly("setting", "methods", "ID", "OOD", "near", "far", "deviation ratio", "better OOD in");
        assertThat(line(grids.get(1), "same rate adamw@1e-3")).contains("+16.7 [", "+8.3 [");
        assertThat(grids.get(2).header())
                .containsExactly(
                        "method",
                        "asked %",
                        "edited %",
                        "reworded %",
                        "texts %",
                        "facts %",
                        "outdoors %",
                        "OOD %",
                        "near %",
                        "far %",
                        "mean %",
                        "deviation");
        // untrained: 24, but 12 on texts
        assertThat(line(grids.get(2), "zero-shot")).endsWith("24.0 24.0 24.0 12.0 24.0 24.0 21.6 24.0 20.0 22.0 0.00");
        // validation chooses the higher rate
        assertThat(line(grids.get(2), "adamw")).endsWith("65.0 45.6 53.3 44.0 30.0 44.0 43.4 49.4 39.3 47.0 2.00");
        assertThat(TableGrids.tuned(table()).header()).contains("near %", "far %");
        assertThat(line(TableGrids.tuned(table()), "adamw")).contains(" 43.4 49.4 39.3 2.00 ");
        assertThat(RateGrids.of(table(), "made", List.of()).get(0).header())
                .contains("near %, all rates", "far %, all rates");
    }

    @Test
    void should_be_shares_of_each_kind_of_question_when_answers_count_in_part() {
        Grid grid = TableGrids.of(table(), "made", List.of()).get(3);

        // adamw at 1e-2: of yes/no, number, other, yes/no, other, other the first three are right, the others count .3
        assertThat(grid.caption()).contains("By kind of example of asked");
        assertThat(grid.header()).containsExactly("method", "yes/no %", "number %", "other %", "mean %");
        assertThat(line(grid, "adamw")).isEqualTo("adamw 65.0 100.0 53.3 72.8");
    }

    @Test
    void should_keep_shares_and_tell_groups_when_written_and_read() {
        String json = TableJson.write(table(), Map.of());
        Table read = Table.fromJson(json);
        JsonObject tree = JsonParser.parseString(json).getAsJsonObject();
        JsonObject row = tree.getAsJsonArray("summary").get(0).getAsJsonObject().getAsJsonObject("groups");
        JsonObject pair =
                tree.getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonObject("groups");

        assertThat(read.runs())
                .extracting(Run::outcomes)
                .isEqualTo(table().runs().stream().map(Run::outcomes).toList());
        assertThat(read.summary()).isEqualTo(table().summary());
        assertThat(read.comparisons()).isEqualTo(table().comparisons());
        assertThat(row.get("far").getAsDouble()).isCloseTo(85 / 3.0, NEAR);
        List<Run> first = table().bySetting().values().iterator().next();
        double[] far = first.stream()
                .mapToDouble(run -> run.mean(table().groups().of("far")))
                .toArray();
        assertThat(far).hasSizeGreaterThan(1);
        assertThat(tree.getAsJsonArray("summary")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("sd")
                        .get("far")
                        .getAsDouble())
                .isEqualTo(Mean.of(far).sd());
        assertThat(pair.get("near_diff").getAsDouble()).isCloseTo(50 / 3.0, NEAR);
        assertThat(pair.getAsJsonArray("far_diff_interval")).hasSize(2);
    }

    @Test
    void should_leave_a_group_out_when_not_all_of_its_sets_were_tested() {
        Table some = table().over(List.of("asked", "edited", "reworded", "texts", "facts"));

        assertThat(some.groups().names()).containsExactly("near");
        assertThat(TableGrids.of(some, "made", List.of()).get(0).header()).doesNotContain("far %");
        assertThat(new Table("quiz", "twin", table().runs()).groups().names()).isEmpty();
        assertThat(new Table("nobody", "twin", table().runs()).groups().names()).isEmpty();
    }

    @Test
    void should_have_bars_of_groups_behind_those_of_sets_when_drawn() {
        Chart chart = SetCharts.bySet(table());
        Series adamw = chart.series().get(0);

        assertThat(chart.x().categories()).hasSize(8).endsWith("mean of near", "mean of far");
        assertThat(adamw.y().get(6)).isCloseTo((410 / 9.0 + 320 / 6.0) / 2, NEAR);
        assertThat(adamw.y().get(7)).isCloseTo(118 / 3.0, NEAR);
    }

    @Test
    void should_have_columns_of_groups_when_rows_have_names() {
        var plan = new TablePlan(
                "album",
                List.of(),
                List.of(Setting.of("adam-spd", 1e-3, 1), Setting.of("adamw", 1e-3, 0)),
                List.of("ours", "usual"));
        List<Grid> grids = NamedGrids.of(plan, table(), "made", List.of());

        assertThat(grids.get(0).header()).contains("near %", "far %");
        assertThat(line(grids.get(0), "usual")).contains(" 66.7 35.3 45.8 28.3 2.00 2");
        assertThat(line(grids.get(1), "usual")).contains("+16.7 [", "+8.3 [");
        Chart chart = NamedGrids.differences(plan, table());
        assertThat(chart.series()).extracting(Series::name).containsExactly("OOD", "near", "far", "ID");
        assertThat(chart.series().get(2).y().get(0)).isCloseTo(25 / 3.0, NEAR);
    }
}

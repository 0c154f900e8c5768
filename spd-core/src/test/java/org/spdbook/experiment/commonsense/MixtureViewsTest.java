package org.spdbook.experiment.commonsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Grid;
import org.spdbook.data.commonsense.CommonsenseSet;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Outcomes;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunCharts;
import org.spdbook.experiment.RunGrids;
import org.spdbook.experiment.SettingCharts;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.SeedRange;
import org.spdbook.experiment.table.Table;
import org.spdbook.experiment.table.TableGrids;
import org.spdbook.experiment.table.TableJson;
import org.spdbook.experiment.table.TablePlan;
import org.spdbook.experiment.table.TablePlans;
import org.spdbook.train.History;

/** Runs that were trained on a mixture, without an ID score and without one before training, in tables and charts. */
class MixtureViewsTest {

    private static final World WORLD = World.named("commonsense", Profile.PAPER);

    /** One run per setting of Table 5, each with one question more right than the one before. */
    private static Table table() {
        TablePlan plan = TablePlans.of("5", Profile.PAPER, null);
        List<Run> runs = new ArrayList<>();
        for (Plan cell :
                plan.cells(WORLD, plan.on(WORLD, WORLD.trainable()), new SeedRange(0, 1), new SeedRange(0, 0))) {
            runs.add(run(cell, runs.size() / 2));
        }
        return new Table("commonsense", "paper", runs);
    }

    private static Run run(Plan cell, int right) {
        Map<String, Outcomes> outcomes = new LinkedHashMap<>();
        Map<String, Double> scores = new LinkedHashMap<>();
        for (String set : CommonsenseSet.words()) {
            long[] ones = new long[100];
            long[] found = new long[100];
            java.util.Arrays.fill(ones, 1);
            java.util.Arrays.fill(found, 0, right, 1);
            outcomes.put(set, Hits.of(found, ones));
            scores.put(set, (double) right);
        }
        var nothing = new History(List.of(), List.of());
        return new Run("made", "", cell.spec(), Map.of(), scores, outcomes, Map.of(), right, 1 + right, nothing, 1);
    }

    private static String text(Grid grid) {
        return grid.toText();
    }

    @Test
    void should_have_equally_many_settings_of_each_method_when_table_5_is_planned() {
        Map<String, Long> settings = table().bySetting().keySet().stream()
                .collect(Collectors.groupingBy(setting -> setting.family(), Collectors.counting()));

        assertThat(settings)
                .hasSize(8)
                .allSatisfy((family, count) -> assertThat(count).isEqualTo(3));
    }

    @Test
    void should_name_the_mean_and_leave_out_what_is_not_there_when_a_run_is_shown() {
        Run run = table().runs().get(6);

        assertThat(run.toString()).contains("mean of all 8 3.0 %").doesNotContain("NaN");
        assertThat(text(RunGrids.accuracy(run))).contains("mean of all 8").doesNotContain("NaN", "zero-shot", "OOD");
        assertThat(text(RunGrids.comparison(table().runs().subList(4, 6))))
                .contains("mean of all 8")
                .doesNotContain("NaN", "OOD");
    }

    @Test
    void should_have_dashes_and_the_mean_of_all_sets_when_a_table_is_shown() {
        String grids = TableGrids.of(table(), "made", List.of()).stream()
                .map(MixtureViewsTest::text)
                .collect(Collectors.joining("\n"));

        assertThat(grids)
                .contains("OOD is the mean of all test sets", "tuned on ID validation", "trained=prefix")
                .doesNotContain("NaN");
        assertThat(text(TableGrids.tuned(table()))).doesNotContain("NaN");
    }

    @Test
    void should_be_read_as_it_was_when_a_table_was_written() {
        String json = TableJson.write(table(), Map.of());

        assertThat(json).doesNotContain("NaN", "id_diff").contains("\"ood_diff\"");
        assertThat(Table.fromJson(json).summary()).isEqualTo(table().summary());
    }

    @Test
    void should_draw_one_line_or_say_why_not_when_there_is_no_id_score() {
        List<Run> runs = table().runs().stream()
                .filter(run -> run.spec().optimizer().equals("adam-spd"))
                .filter(run -> "lora".equals(run.spec().settings().get("trained")))
                .toList();

        assertThat(SettingCharts.lambda(runs).series())
                .isNotEmpty()
                .noneMatch(series -> series.name().endsWith(" ID"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingCharts.frontier(runs))
                .withMessageContaining("mixture of commonsense is no test set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunCharts.frontier(runs))
                .withMessageContaining("mixture of commonsense is no test set");
    }
}

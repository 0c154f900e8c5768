package org.spdbook.twin.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.Controls;
import org.spdbook.experiment.table.Matching;
import org.spdbook.experiment.table.TablePlan;
import org.spdbook.experiment.table.TablePlans;
import org.spdbook.optim.TensorReport;
import org.spdbook.train.History;
import org.spdbook.train.LogEntry;

/** Controls are solved on runs whose distance is a known function of their setting. */
class MatchingTest {

    private static final TensorReport PULLED = new TensorReport(-1, true, .5);
    private static final TensorReport LEFT = new TensorReport(1, false, 0);

    private final List<Plan> asked = new ArrayList<>();

    private List<Run> runs(List<Plan> plans) {
        asked.addAll(plans);
        return plans.stream().map(MatchingTest::run).toList();
    }

    /** Ends at 2 with Adam-SPD, at 4 with AdamW at 1e-3; one tensor is pulled back in every second report, the other always. */
    private static Run run(Plan plan) {
        Setting setting = Setting.of(
                new Run("made", plan.spec(), Map.of(), Map.of(), 0, 0, new History(List.of(), List.of()), 0));
        List<LogEntry> entries = List.of(
                new LogEntry(1, 1, 1e-3, List.of(LEFT, LEFT), List.of(.1, .1)), // nothing can be pulled back yet
                new LogEntry(2, 1, 1e-3, List.of(PULLED, PULLED), List.of(.8, .8)),
                new LogEntry(3, 1, 1e-3, List.of(LEFT, PULLED), List.of(1.2, 1.6)));
        return new Run(
                "made",
                plan.key(),
                plan.spec(),
                Map.of(),
                Map.of("noto", 50.0),
                Map.of(),
                50,
                deviation(setting),
                new History(List.of("a", "b"), entries),
                1);
    }

    private static double deviation(Setting setting) {
        String selection = setting.options().getOrDefault("selection", "instant");
        if (selection.equals("always")) {
            return setting.lambda() < .6 ? 4 - 2 * setting.lambda() : 6 * (1.07 - setting.lambda()); // steep in the end
        }
        if (selection.startsWith("random")) {
            return 4 / (1 + setting.lambda() / 3);
        }
        if (selection.equals("inverted")) {
            return 3; // cannot be matched
        }
        return setting.optimizer().equals("adam-spd") ? 2 : 4 * Math.sqrt(setting.lr() / 1e-3);
    }

    @Test
    void should_meet_the_distance_and_take_the_nearest_where_it_cannot() {
        Controls controls = new Matching(World.named("emoji"), this::runs).solve();

        Map<String, Controls.Row> rows =
                controls.rows().stream().collect(Collectors.toMap(Controls.Row::name, row -> row));
        assertThat(controls.deviation()).isEqualTo(2);
        assertThat(controls.rows().get(0).name()).isEqualTo("adam-spd");
        for (String name : List.of("always", "random", "lower rate")) {
            assertThat(rows.get(name).deviation()).as(name).isEqualTo(2, within(.03));
        }
        assertThat(rows.get("lower rate").lr()).isEqualTo(2.5e-4, within(1e-5));
        assertThat(rows.get("always").lambda()).isEqualTo(.737, within(.005));
        assertThat(rows.get("random").lambda()).isEqualTo(3, within(.1));
        assertThat(rows.get("random").options()).containsEntry("selection", "random(0.500 1.000)");
        assertThat(rows.get("random, lambda 1").lambda()).isEqualTo(1);
        assertThat(rows.get("inverted").deviation()).isEqualTo(3);
        assertThat(rows.get("shrunk").options()).containsEntry("finish", "shrink(2.0)");
        assertThat(rows.get("shrunk per tensor").options()).containsEntry("finish", "shrink-each(1.2 1.6)");
        assertThat(asked).allMatch(plan -> plan.spec().seed() == 0).hasSizeLessThan(5 * 50);
    }

    @Test
    void should_plan_the_grid_of_the_rows_that_come_with_the_software() {
        TablePlan plan = TablePlans.of("controls", Profile.TWIN, "emoji");

        assertThat(plan.names())
                .startsWith("adam-spd", "adamw", "always", "random")
                .hasSameSizeAs(plan.settings());
        // what a run of a row is grouped by is the row's setting
        for (Setting setting : plan.settings()) {
            Plan cell = Plan.of(setting.on("emoji", Profile.TWIN, "noto", 0));
            assertThat(Setting.of(run(cell))).isEqualTo(setting);
        }
        assertThat(plan.named("lower rate")).startsWith("adamw@");
        assertThat(plan.named("adamw@3e-3")).isEqualTo("adamw@3e-3");
        assertThat(Controls.of("emoji").rows())
                .filteredOn(row ->
                        !List.of("adamw", "random, lambda 1", "wise-ft 0.75").contains(row.name()))
                .allSatisfy(row -> assertThat(row.deviation())
                        .isCloseTo(Controls.of("emoji").deviation(), within(.03 * row.deviation())));
    }
}

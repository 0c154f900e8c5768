package org.spdbook.experiment.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spdbook.eval.Estimate;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.MadeRuns;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.train.History;

class TableTest {

    private static Run run(String optimizer, Map<String, String> options, double id, double ood) {
        return new Run(
                "made",
                ExperimentSpec.of("emoji", "noto", optimizer, 1e-3, 0, options),
                Map.of(),
                Map.of("noto", id, "black", ood),
                Double.NaN,
                2,
                new History(List.of(), List.of()),
                1.5);
    }

    @Test
    void should_be_equal_in_all_that_it_shows_when_written_and_read() {
        var table = new Table(
                "emoji",
                "twin",
                List.of(run("adamw", Map.of(), 40, 20), run("adam-spd", Map.of("lambda", "2.0"), 39, 25)));

        String json = TableJson.write(table, Map.of());

        Table read = Table.fromJson(json);

        assertThat(TableJson.write(read, Map.of())).isEqualTo(json);
        assertThat(read.comparisons()).singleElement().satisfies(pair -> {
            assertThat(pair.ood()).isEqualTo(Estimate.without(5));
            assertThat(pair.wins()).isEqualTo(1);
        });
    }

    @Test
    void should_say_what_is_wrong_when_the_file_is_no_table() {
        for (String text : List.of("{\"a\": 1}", "{\"schema\": 1, \"experiment\": \"emoji\", \"runs\": 60}")) {
            assertThatThrownBy(() -> Table.fromJson(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("spd table 1 --to FILE");
        }
    }

    private static Table tuning() {
        return new Table(
                "made",
                "twin",
                List.of(
                        MadeRuns.of("adamw@3e-4", 0, 40, 30, 50, 1),
                        MadeRuns.of("adamw@1e-3", 0, 44, 20, 60, 2),
                        MadeRuns.of("adam-spd@3e-4/1", 0, 41, 33, 55, 1),
                        MadeRuns.of("adam-spd@1e-3/1", 0, 43, 31, 55, 1.5),
                        MadeRuns.of("l2sp@1e-3/0.1", 0, 42, 25, 1, 1)));
    }

    @Test
    void should_choose_by_validation_and_label_hindsight_when_methods_have_equally_many_settings() {
        assertThat(tuning().comparisons())
                .extracting(pair -> pair.choice() + " " + pair.a() + " -> " + pair.b() + " "
                        + pair.ood().mean())
                .containsExactly(
                        "SAME_RATE adamw@3e-4 -> adam-spd@3e-4/1 3.0",
                        "SAME_RATE adamw@1e-3 -> adam-spd@1e-3/1 11.0",
                        // AdamW's best validation is that of 1e-3; the first of SPD's equal ones is 3e-4
                        "ID_VALIDATION adamw -> adam-spd 13.0",
                        "HINDSIGHT adamw@3e-4 -> adam-spd@3e-4/1 3.0");
    }

    @Test
    void should_not_compare_tuned_methods_when_the_budgets_differ() {
        assertThat(tuning().compare("l2sp", "adam-spd", Choice.ID_VALIDATION)).isEmpty();
    }

    @Test
    void should_take_the_nearest_setting_when_equal_accuracy_is_asked() {
        Comparison pair =
                tuning().compare("adamw", "adam-spd@3e-4/1", Choice.NEAREST_OOD).orElseThrow();

        assertThat(pair.a()).isEqualTo("adamw@3e-4");
        assertThat(pair.id().mean()).isEqualTo(1, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(pair.deviation().mean()).isEqualTo(1);
    }

    @Test
    void should_keep_hits_validation_and_key_when_written_and_read() {
        Table read = Table.fromJson(TableJson.write(tuning(), Map.of()));

        assertThat(read.runs())
                .extracting(Run::outcomes)
                .isEqualTo(tuning().runs().stream().map(Run::outcomes).toList());
        assertThat(read.runs()).extracting(Run::validation).containsExactly(50.0, 60.0, 55.0, 55.0, 1.0);
        assertThat(read.runs().get(2).key()).isEqualTo("adam-spd@3e-4/10");
        assertThat(read.comparisons()).isEqualTo(tuning().comparisons());
    }

    @Test
    void should_keep_the_profile_of_runs_when_written_and_read() {
        Run twin = run("adamw", Map.of(), 40, 20);
        ExperimentSpec pilot = Setting.of("adamw", 1e-3, 0).on("domainnet", Profile.PILOT, "real", 0);
        var run = new Run("made", pilot, Map.of(), twin.scores(), 50, 2, twin.history(), 1);

        Table read = Table.fromJson(TableJson.write(new Table("domainnet", "pilot", List.of(run)), Map.of()));

        assertThat(read.runs())
                .singleElement()
                .satisfies(one -> assertThat(one.spec().profile()).isEqualTo("pilot"));
    }

    @Test
    void should_give_an_interval_when_the_runs_have_hits() {
        List<Run> runs = new java.util.ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            runs.add(MadeRuns.of("adamw@1e-3", seed, 40, 20, 50, 2));
            runs.add(MadeRuns.of("adam-spd@1e-3/1", seed, 40, 30, 50, 1));
        }
        Comparison pair = new Table("made", "twin", runs).comparisons().get(0);

        assertThat(pair.ood().mean()).isEqualTo(10, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(pair.ood().low()).isBetween(5.0, 9.0);
        assertThat(pair.ood().high()).isBetween(11.0, 15.0);
        assertThat(pair.id().low()).isZero();
        assertThat(pair.wins()).isEqualTo(3);
    }

    @Test
    void should_name_what_was_chosen_and_the_budgets_when_tuned() {
        String text = TableGrids.tuned(tuning()).toText();

        assertThat(text).contains("adamw", "@1e-3 x1", "The budgets differ");
        assertThat(TableGrids.hindsight(tuning()).caption()).contains("IN HINDSIGHT", "never");
    }
}

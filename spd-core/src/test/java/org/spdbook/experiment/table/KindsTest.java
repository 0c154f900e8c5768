package org.spdbook.experiment.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.MadeQuiz;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;
import org.spdbook.experiment.World;

/** Tables of a world that has several kinds of adapters and several kinds of questions. */
class KindsTest {

    private static final Map<String, String> SERIES = Map.of("trained", "series");

    /** Two methods at two rates with LoRA, which is usual, and with series adapters; three seeds. */
    private static Table table() {
        List<Run> runs = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            for (Map<String, String> options : List.of(Map.<String, String>of(), SERIES)) {
                int more = options.isEmpty() ? 0 : 1;
                runs.add(run("adamw", 1e-3, 0, options, seed, new MadeQuiz.Score(10 + more, 5, 8, 20, 2)));
                runs.add(run("adamw", 1e-2, 0, options, seed, new MadeQuiz.Score(12 + more, 6, 8, 20, 4)));
                runs.add(run("adam-spd", 1e-3, 1, options, seed, new MadeQuiz.Score(10 + more, 7, 8, 24, 1)));
                runs.add(run("adam-spd", 1e-2, 1, options, seed, new MadeQuiz.Score(14, 8 + more, 12, 28, 1.5)));
            }
        }
        return new Table("quiz", "twin", runs);
    }

    private static Run run(
            String optimizer, double lr, double lambda, Map<String, String> options, long seed, MadeQuiz.Score score) {
        return MadeQuiz.run(new Setting(optimizer, lr, lambda, options), seed, score);
    }

    @Test
    void should_compare_methods_that_train_the_same_adapters() {
        assertThat(table().comparisons())
                .extracting(pair -> pair.choice() + ": " + pair.a() + " -> " + pair.b())
                .containsExactly(
                        "SAME_RATE: adamw@1e-3 -> adam-spd@1e-3/1",
                        "SAME_RATE: adamw@1e-2 -> adam-spd@1e-2/1",
                        "SAME_RATE: adamw trained=series@1e-3 -> adam-spd trained=series@1e-3/1",
                        "SAME_RATE: adamw trained=series@1e-2 -> adam-spd trained=series@1e-2/1",
                        "ID_VALIDATION: adamw -> adam-spd",
                        "ID_VALIDATION: adamw trained=series -> adam-spd trained=series",
                        "HINDSIGHT: adamw@1e-2 -> adam-spd@1e-2/1",
                        "HINDSIGHT: adamw trained=series@1e-2 -> adam-spd trained=series@1e-2/1");
    }

    @Test
    void should_compare_methods_at_each_fraction_of_the_examples() {
        List<Run> runs = new ArrayList<>();
        for (Map<String, String> options :
                List.of(Map.of("fraction", "0.05"), Map.of("fraction", "0.05", "trained", "series"))) {
            runs.add(run("adamw", 1e-3, 0, options, 0, new MadeQuiz.Score(10, 5, 8, 20, 2)));
            runs.add(run("adam-spd", 1e-3, 1, options, 0, new MadeQuiz.Score(10, 5, 8, 24, 2)));
        }

        assertThat(new Table("quiz", "twin", runs).comparisons())
                .extracting(pair -> pair.choice() + ": " + pair.a() + " -> " + pair.b())
                .containsExactly(
                        "SAME_RATE: adamw fraction=0.05@1e-3 -> adam-spd fraction=0.05@1e-3/1",
                        "SAME_RATE: adamw fraction=0.05 trained=series@1e-3"
                                + " -> adam-spd fraction=0.05 trained=series@1e-3/1");
    }

    @Test
    void should_try_four_settings_of_each_method_and_kind_of_adapters_in_table_5() {
        List<Setting> settings = TablePlans.of("5", Profile.TWIN, null).settings();

        assertThat(settings).doesNotHaveDuplicates();
        assertThat(settings.stream().collect(Collectors.groupingBy(Setting::family, Collectors.counting())))
                .hasSize(4 * 4)
                .allSatisfy((family, count) -> assertThat(count).as(family).isEqualTo(4));
    }

    @Test
    void should_compare_sets_of_different_sizes_by_their_mean() {
        Comparison pair =
                table().compare("adamw", "adam-spd", Choice.ID_VALIDATION).orElseThrow();

        // held 14 to 20 of 30, word 20 to 28 of 40
        assertThat(pair.ood().mean()).isEqualTo((20 + 20) / 2.0, within(1e-9));
        assertThat(pair.ood().low()).isBetween(5.0, 15.0);
        assertThat(pair.ood().high()).isBetween(25.0, 35.0);
        assertThat(pair.id().mean()).isEqualTo(10, within(1e-9));
        assertThat(pair.retention().mean()).isEqualTo(1.5 / 4, within(1e-9));
        assertThat(pair.wins()).isEqualTo(3);
    }

    @Test
    void should_count_what_is_right_of_each_kind() {
        World world = World.named("quiz");
        Run run = run("adamw", 1e-3, 0, SERIES, 0, new MadeQuiz.Score(0, 3, 10, 0, 1));

        assertThat(run.byKind("held", world.kinds("held")))
                .containsExactly(Map.entry("boolq", 30.0), Map.entry("piqa", 50.0));
        assertThat(run.byKind("id", world.kinds("held"))).isEmpty(); // of another size
        assertThat(run.byKind("both", world.kinds("held"))).isEmpty();
        assertThat(run.on(List.of("id")).byKind("held", world.kinds("held"))).isEmpty();
    }

    @Test
    void should_be_the_mean_over_runs_or_nothing_when_kinds_are_summed_up() {
        Run one = run("adamw", 1e-3, 0, SERIES, 0, new MadeQuiz.Score(0, 3, 10, 0, 1));
        Run other = run("adamw", 1e-3, 0, SERIES, 1, new MadeQuiz.Score(0, 4, 20, 0, 1));

        assertThat(table().byKind(List.of(one, other)))
                .containsExactly(Map.entry("boolq", 35.0), Map.entry("piqa", 75.0));
        assertThat(table().byKind(List.of(one, other.on(List.of("id"))))).isEmpty();
        assertThat(new Table("made", "twin", List.of()).byKind(List.of(one))).isEmpty();
    }

    @Test
    void should_have_columns_of_kinds_and_measures_when_shown() {
        List<Grid> grids = TableGrids.of(table(), "made", List.of());

        assertThat(grids).hasSize(4);
        assertThat(lines(grids.get(0)).get(1)).contains("deviation", "retention loss", "n");
        assertThat(line(grids.get(0), "adamw trained=series 1e-2")).contains(" 4.00 ", " 3");
        assertThat(grids.get(1).toText()).contains("retention loss ratio", "0.38 [0.38, 0.38]");
        assertThat(grids.get(2).toText()).contains("id %", "held %", "word %", "retention loss");
        assertThat(line(grids.get(3), "adam-spd ")).contains("80.0", "60.0", "70.0");
        assertThat(line(grids.get(3), "adam-spd trained=series ")).contains("90.0", "60.0", "75.0");
        assertThat(grids.get(3).toText()).contains("By kind of example of held", "boolq %", "piqa %", "mean %");
    }

    @Test
    void should_show_a_dash_when_something_was_not_measured_of_a_run() {
        List<Run> runs = new ArrayList<>(table().runs());
        Run last = runs.remove(runs.size() - 1);
        runs.add(new Run(
                last.name(),
                last.key(),
                last.spec(),
                last.zeroShot(),
                last.scores(),
                last.outcomes(),
                last.validation(),
                last.deviation(),
                last.history(),
                last.cpuSeconds()));
        var table = new Table("quiz", "twin", runs);

        assertThat(table.measures()).containsExactly("retention loss");
        assertThat(line(TableGrids.of(table, "made", List.of()).get(0), "adam-spd trained=series 1e-2"))
                .contains(" - ");
        assertThat(TableGrids.comparisons(table, table.comparisons()).toText()).doesNotContain("retention loss");
    }

    @Test
    void should_keep_what_was_measured_when_written_and_read() {
        Table read = Table.fromJson(TableJson.write(table(), Map.of()));

        assertThat(read.runs())
                .extracting(Run::measures)
                .isEqualTo(table().runs().stream().map(Run::measures).toList());
        assertThat(read.comparisons()).isEqualTo(table().comparisons());
        assertThat(read.byKind(read.runs())).isEqualTo(table().byKind(table().runs()));
    }

    private static List<String> lines(Grid grid) {
        return grid.toText().lines().toList();
    }

    /** The line that begins with some words, whatever spaces are between them. */
    private static String line(Grid grid, String begin) {
        return lines(grid).stream()
                .filter(line -> line.replaceAll(" +", " ").startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError(grid.toText()));
    }
}

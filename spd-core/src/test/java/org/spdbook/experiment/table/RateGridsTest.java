package org.spdbook.experiment.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.experiment.MadeRuns;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.Setting;

class RateGridsTest {

    /** Two methods at three rates and two strengths, two seeds; strength 2 has the better validation and the worse OOD. */
    private static Table grid() {
        List<Run> runs = new ArrayList<>();
        String[] rates = {"1e-4", "1e-3", "1e-2"};
        for (long seed = 0; seed < 2; seed++) {
            for (int i = 0; i < rates.length; i++) {
                runs.add(MadeRuns.of("l2sp@" + rates[i] + "/1", seed, 50, 40, 50, 1));
                runs.add(MadeRuns.of("l2sp@" + rates[i] + "/2", seed, 50, 30 - 10 * i, 60 + i, 1));
                runs.add(MadeRuns.of("adam-spd@" + rates[i] + "/1", seed, 50, 45, 40, 1));
                runs.add(MadeRuns.of("adam-spd@" + rates[i] + "/2", seed, 50, 35 - i, 70 - i, 1));
            }
        }
        return new Table("made", "twin", runs);
    }

    @Test
    void should_choose_one_strength_for_all_rates_by_validation_alone() {
        Comparison all = grid().compare("l2sp", "adam-spd", Choice.RATE_RANGE).orElseThrow();

        assertThat(all.a()).isEqualTo("l2sp, lambda 2");
        assertThat(all.n()).isEqualTo(6);
        assertThat(all.ood().mean()).isEqualTo(34.0 - 20, within(1e-9));
        assertThat(RateGrids.atChosenStrength(grid()))
                .hasSize(12)
                .allSatisfy(run -> assertThat(run.spec().lambda()).isEqualTo(2));
    }

    @Test
    void should_take_each_methods_own_rate_when_the_worst_is_asked() {
        Comparison worst = grid().compare("l2sp", "adam-spd", Choice.WORST_RATE).orElseThrow();

        assertThat(worst.a()).isEqualTo("l2sp@1e-2/2");
        assertThat(worst.ood().mean()).isEqualTo(33.0 - 10, within(1e-9));
        assertThat(worst.n()).isEqualTo(2);
    }

    @Test
    void should_not_tune_over_rates_when_the_budgets_differ() {
        List<Run> fewer = grid().runs().stream()
                .filter(run ->
                        !(run.spec().optimizer().equals("l2sp") && run.spec().lr() == 1e-2))
                .toList();

        assertThat(new Table("made", "twin", fewer).compare("l2sp", "adam-spd", Choice.RATE_RANGE))
                .isEmpty();
    }

    @Test
    void should_count_the_points_that_tuning_misses_as_the_grid_widens() {
        String text = RateGrids.missed(grid()).toText();

        // l2sp: 40 in hindsight; tuned 20 at the middle rate, 10 with all three. adam-spd: 45 against 34 and 35
        assertThat(text.lines()
                        .filter(line -> line.startsWith("1e-3 "))
                        .findFirst()
                        .orElseThrow())
                .contains("20.0", "11.0");
        assertThat(text.lines()
                        .filter(line -> line.startsWith("1e-4,"))
                        .findFirst()
                        .orElseThrow())
                .contains("30.0", "10.0");
    }

    @Test
    void should_tell_a_grid_from_a_table() {
        assertThat(RateGrids.fits(grid())).isTrue();
        assertThat(RateGrids.fits(new Table("made", "twin", grid().runs().subList(1, 12))))
                .isFalse();
        assertThat(RateGrids.fits(new Table("made", "twin", List.of()))).isFalse();
        assertThat(RateGrids.of(grid(), "made", List.of())).hasSize(3);
    }

    @Test
    void should_put_weight_decays_into_one_family_and_forms_into_several() {
        assertThat(List.of(
                                new Setting("adamw", 1e-3, 0, java.util.Map.of("weight-decay", "3.0")),
                                new Setting("l2sp", 1e-3, 1, java.util.Map.of("decoupled", "true")),
                                new Setting("adam-spd", 1e-3, 1, java.util.Map.of("selection", "always")))
                        .stream()
                        .map(Setting::family))
                .containsExactly("adamw", "l2sp decoupled", "adam-spd selection=always");
    }
}

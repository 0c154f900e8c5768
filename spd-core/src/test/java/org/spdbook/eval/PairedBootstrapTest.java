package org.spdbook.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class PairedBootstrapTest {

    private static final double NORMAL_95 = 1.645;

    /** Differences of -100, 0 or 100 points, one per item, the same chance in all seeds. */
    private static double[][] made(int seeds, int items, double up, double down, long number) {
        double[][] differences = new double[seeds][items];
        for (int s = 0; s < seeds; s++) {
            RandomStream random = new Seeds(number).stream("made", s, 0);
            for (int i = 0; i < items; i++) {
                double u = random.nextDouble();
                differences[s][i] = u < up ? 100 : u < up + down ? -100 : 0;
            }
        }
        return differences;
    }

    @Test
    void should_have_the_width_of_the_normal_interval_when_there_is_one_seed() {
        double[][] one = made(1, 800, .2, .1, 0);
        double mean = Arrays.stream(one[0]).average().orElseThrow();
        double sd = Math.sqrt(
                Arrays.stream(one[0]).map(x -> (x - mean) * (x - mean)).sum() / 800);

        Estimate estimate = PairedBootstrap.mean(alone(one), true);

        assertThat(estimate.mean()).isEqualTo(mean, within(1e-12));
        double half = NORMAL_95 * sd / Math.sqrt(800);
        assertThat(estimate.low()).isEqualTo(mean - half, within(half / 8));
        assertThat(estimate.high()).isEqualTo(mean + half, within(half / 8));
    }

    @Test
    void should_cover_the_truth_about_as_often_as_it_says_when_repeated() {
        int covered = 0;
        int trials = 200;
        for (int number = 1; number <= trials; number++) {
            Estimate estimate = PairedBootstrap.mean(alone(made(3, 200, .25, .15, number)), false);
            covered += estimate.low() <= 10 && 10 <= estimate.high() ? 1 : 0;
        }

        assertThat(covered).isBetween(170, 200);
    }

    @Test
    void should_be_wider_when_items_are_shared_and_seeds_agree() {
        double[] seed = made(1, 300, .3, .1, 5)[0];
        double[][] copies = {seed, seed, seed};

        Estimate shared = PairedBootstrap.mean(alone(copies), true);
        Estimate own = PairedBootstrap.mean(alone(copies), false);

        double ratio = (shared.high() - shared.low()) / (own.high() - own.low());
        assertThat(ratio).isBetween(1.5, 2.0); // sqrt(3): three seeds say no more than one
    }

    @Test
    void should_hold_the_difference_between_seeds_when_they_disagree() {
        double[][] apart = {new double[50], new double[50]};
        Arrays.fill(apart[1], 4);

        Estimate estimate = PairedBootstrap.mean(alone(apart), true);

        assertThat(estimate.mean()).isEqualTo(2);
        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isEqualTo(4, within(1e-12));
    }

    @Test
    void should_be_the_ratio_of_means_when_pairs_are_proportional() {
        Estimate estimate = PairedBootstrap.ratio(new double[][] {{1, 2, 4}}, new double[][] {{.5, 1, 2}});

        assertThat(estimate.mean()).isEqualTo(.5);
        assertThat(estimate.low()).isEqualTo(.5, within(1e-12));
        assertThat(estimate.high()).isEqualTo(.5, within(1e-12));
    }

    @Test
    void should_give_the_same_interval_when_asked_again() {
        double[][][] differences = alone(made(3, 100, .2, .2, 9));

        assertThat(PairedBootstrap.mean(differences, true)).isEqualTo(PairedBootstrap.mean(differences, true));
    }

    /** One pre-training. */
    private static double[][][] alone(double[][] seeds) {
        return new double[][][] {seeds};
    }

    @Test
    void should_be_the_interval_of_one_when_all_pretrainings_agree() {
        double[][] one = made(3, 100, .3, .1, 4);

        assertThat(PairedBootstrap.mean(new double[][][] {one, one, one}, false))
                .isEqualTo(PairedBootstrap.mean(alone(one), false));
        double[][] deviations = {{1, 3}, {1, 3}};
        Estimate ratio = PairedBootstrap.ratio(deviations, new double[][] {{2, 2}, {2, 2}});
        assertThat(ratio.mean()).isEqualTo(1);
        assertThat(ratio.low()).isBetween(.6, .8);
    }

    @Test
    void should_reach_from_one_to_the_other_when_pretrainings_disagree() {
        double[][] none = {new double[50], new double[50]};
        double[][] four = {new double[50], new double[50]};
        Arrays.stream(four).forEach(seed -> Arrays.fill(seed, 4));

        Estimate estimate = PairedBootstrap.mean(new double[][][] {none, four}, true);

        assertThat(estimate.mean()).isEqualTo(2);
        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isEqualTo(4, within(1e-12));
    }

    @Test
    void should_say_what_is_missing_when_pretrainings_have_different_seeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PairedBootstrap.mean(new double[][][] {{new double[5]}, {new double[5], new double[5]}}, true))
                .withMessageContaining("the same seeds and test examples");
    }
}

package org.spdbook.experiment.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.spdbook.eval.Hits;

class PairedDifferenceTest {

    private final PairedDifference difference = new PairedDifference();

    /** Right where there is a 1. */
    private static Hits hits(String answers) {
        return Hits.of(answers.chars().mapToLong(c -> c - '0').toArray(), ones(answers.length()));
    }

    private static long[] ones(int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] uniform(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1.0 / count);
        return weights;
    }

    @Test
    void should_draw_examples_together_when_sets_have_one_size() {
        difference.add("clear", hits("0000"), hits("1100"), .5);
        difference.add("fog", hits("0000"), hits("1000"), .5);

        assertThat(difference.items()).isEqualTo(4);
        assertThat(difference.value()).isEqualTo((50 + 25) / 2.0, within(1e-9));
        assertThat(difference.value(uniform(4))).isEqualTo(difference.value(), within(1e-9));
        // the first example alone: right under both conditions, b minus a is 100 points
        assertThat(difference.value(new double[] {1, 0, 0, 0})).isEqualTo(100, within(1e-9));
        assertThat(difference.value(new double[] {0, 1, 0, 0})).isEqualTo(50, within(1e-9));
    }

    @Test
    void should_draw_examples_apart_when_sets_have_several_sizes() {
        difference.add("held", hits("0001"), hits("1101"), .5);
        difference.add("word", hits("11"), hits("10"), .5);

        assertThat(difference.items()).isEqualTo(6);
        assertThat(difference.value()).isEqualTo((50 - 50) / 2.0, within(1e-9));
        assertThat(difference.value(uniform(6))).isEqualTo(difference.value(), within(1e-9));
        // each set is a mean over what is drawn of it, however much that is
        assertThat(difference.value(new double[] {.1, 0, 0, 0, 0, .9})).isEqualTo((100 - 100) / 2.0, within(1e-9));
        assertThat(difference.value(new double[] {0, 0, .7, 0, .3, 0})).isEqualTo(0, within(1e-9));
        assertThat(difference.value(new double[] {.2, .2, .2, .2, .2, 0})).isEqualTo(25, within(1e-9));
        // nothing drawn of the second: it counts as it is
        assertThat(difference.value(new double[] {0, 0, 0, 1, 0, 0})).isEqualTo(-25, within(1e-9));
    }

    @Test
    void should_say_so_when_runs_were_tested_on_other_examples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> difference.add("held", hits("01"), hits("011"), 1))
                .withMessage("paired runs need the same test sets, got 2 and 3 examples of held; run them anew");
    }
}

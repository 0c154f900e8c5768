package org.spdbook.experiment.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Scores;
import org.spdbook.eval.VqaAccuracy;

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

    /** Of each question so many of ten people said what was predicted. */
    private static Scores scores(int... matches) {
        return Scores.vqa(Arrays.stream(matches)
                .mapToObj(one -> Stream.concat(
                                Collections.nCopies(one, "cat").stream(), Collections.nCopies(10 - one, "dog").stream())
                        .toList())
                .map(answers -> new VqaAccuracy.Question("cat", answers))
                .toList());
    }

    @Test
    void should_count_shares_of_answers_when_questions_are_scored() {
        difference.add("text", scores(0, 1, 10), scores(2, 3, 10), .5);
        difference.add("rephrased", scores(1, 1, 0), scores(1, 4, 0), .5);

        assertThat(difference.items()).isEqualTo(3);
        assertThat(difference.value()).isEqualTo(((60 + 60) / 3.0 + 70 / 3.0) / 2, within(1e-9));
        assertThat(difference.value(uniform(3))).isEqualTo(difference.value(), within(1e-9));
        assertThat(difference.value(new double[] {0, 1, 0})).isEqualTo((60 + 70) / 2.0, within(1e-9));
        assertThat(difference.value(new double[] {.5, 0, .5})).isEqualTo(.5 * 60 / 2, within(1e-9));
    }

    @Test
    void should_say_so_when_runs_were_tested_on_other_examples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> difference.add("held", hits("01"), hits("011"), 1))
                .withMessage("paired runs need the same test sets, got 2 and 3 examples of held; run them anew");
    }
}

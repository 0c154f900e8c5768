package org.spdbook.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.spdbook.train.Seeds;

class SamplingTest {

    /** Logarithms of 1, 8, 4, 4 and 3 twentieths. */
    private static final float[] SCORES = {
        (float) Math.log(.05), (float) Math.log(.4), (float) Math.log(.2), (float) Math.log(.2), (float) Math.log(.15)
    };

    private static void assertShares(Sampling sampling, double... ofTheLikeliest) {
        double[] shares = sampling.shares(SCORES);
        for (int id = 0; id < SCORES.length; id++) {
            assertThat(shares[id]).as("id %d", id).isCloseTo(ofTheLikeliest[id], within(1e-6));
        }
    }

    @Test
    void should_leave_out_what_is_outside_of_the_first_and_of_the_nucleus() {
        assertShares(Sampling.plain(), .125, 1, .5, .5, .375);
        assertShares(new Sampling(.5, 0, 1), .015625, 1, .25, .25, .140625);
        assertShares(new Sampling(1, 1, 1), 0, 1, 0, 0, 0);
        assertShares(new Sampling(1, 2, 1), 0, 1, .5, .5, 0); // equals of the second
        assertShares(new Sampling(1, 0, .9), .0, 1, .5, .5, .375);
        assertShares(new Sampling(1, 0, .7), .0, 1, .5, .5, 0);
        assertShares(new Sampling(1, 0, .1), .0, 1, 0, 0, 0);
        // of the three that are left, the first has half
        assertShares(new Sampling(1, 3, .49), .0, 1, 0, 0, 0);
    }

    @Test
    void should_draw_as_often_as_is_likely() {
        var random = new Seeds(3).stream("texts", 0, 0);
        int[] drawn = new int[SCORES.length];
        for (int i = 0; i < 20_000; i++) {
            drawn[Sampling.plain().draw(SCORES, random)]++;
        }

        double[] likely = {.05, .4, .2, .2, .15};
        for (int id = 0; id < drawn.length; id++) {
            assertThat(drawn[id] / 20_000.).isCloseTo(likely[id], within(.012)); // over three deviations
        }
    }

    @Test
    void should_say_what_is_wrong_when_nothing_can_be_drawn() {
        assertThatThrownBy(() -> new Sampling(0, 0, 1)).hasMessageContaining("must be above 0, got 0.0");
        assertThatThrownBy(() -> new Sampling(1, -1, 1)).hasMessageContaining("top-k of sampling");
        assertThatThrownBy(() -> new Sampling(1, 0, 0)).hasMessageContaining("top-p of sampling");
        var random = new Seeds(3).stream("texts", 0, 0);
        assertThatThrownBy(() -> Sampling.plain().draw(new float[] {1, Float.NaN}, random))
                .hasMessageContaining("the model's largest score is NaN");
    }
}

package org.spdbook.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanTest {

    @Test
    void should_give_mean_deviation_and_standard_error_when_there_are_several_values() {
        Mean mean = Mean.of(1, 2, 3, 6);

        assertThat(mean.value()).isEqualTo(3);
        assertThat(mean.sd()).isCloseTo(Math.sqrt(14.0 / 3), within(1e-15));
        assertThat(mean.error()).isCloseTo(Math.sqrt(14.0 / 3 / 4), within(1e-15));
        assertThat(mean.n()).isEqualTo(4);
    }

    @Test
    void should_have_no_error_when_there_are_less_than_two_values() {
        assertThat(Mean.of(5)).isEqualTo(new Mean(5, Double.NaN, 1));
        assertThat(Mean.of(5).error()).isNaN();
        assertThat(Mean.of().value()).isNaN();
    }
}

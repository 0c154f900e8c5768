package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

    @ParameterizedTest
    @EnumSource
    void should_end_at_the_floor_and_be_as_before_when_there_is_none(Schedule.Kind kind) {
        var plain = new Schedule(kind, 2e-5, 10, 1000);
        var floored = new Schedule(kind, 2e-5, 10, 1000, .5);
        for (int step = 10; step <= 1000; step += 90) {
            assertThat(floored.rate(step)).isCloseTo(1e-5 + plain.rate(step) / 2, within(1e-19)); // of 2e-5: 30 ulp
            assertThat(new Schedule(kind, 2e-5, 10, 1000, 0).rate(step)).isEqualTo(plain.rate(step));
            assertThat(new Schedule(kind, 2e-5, 10, 1000, 1).rate(step)).isCloseTo(2e-5, within(1e-19));
        }
        assertThat(floored.rate(4)).isCloseTo(.5 * (1e-5 + plain.rate(4)), within(1e-19));
    }

    @Test
    void should_have_the_rates_of_the_imagenet_recipe_when_the_floor_is_half() {
        var schedule = new Schedule(Schedule.Kind.COSINE, 2e-5, 5, 30, .5);

        assertThat(schedule.rate(0)).isCloseTo(.4e-5, within(1e-12));
        assertThat(schedule.rate(15)).isCloseTo(1.5e-5, within(1e-12));
        assertThat(schedule.rate(20)).isCloseTo(1.25e-5, within(1e-12));
        assertThat(schedule.rate(30)).isCloseTo(1e-5, within(1e-12));
    }

    @Test
    void should_refuse_when_the_floor_is_no_share() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule(Schedule.Kind.COSINE, 1, 0, 1, 1.5))
                .withMessageContaining("floor of 0 to 1")
                .withMessageContaining("1.5");
    }
}

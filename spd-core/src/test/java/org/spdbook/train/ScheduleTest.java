package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

    /** The one that goes by epochs begins its warm-up at the floor. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EPOCH_COSINE")
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

    /** Expected is what {@code LinearWarmupCosineLRScheduler} of LAVIS sets with ten epochs, 1e-3, warm-up and minimum at 1e-4. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.0001",
        "0, 1, 0.00010180000000000001",
        "0, 7, 0.0001126",
        "0, 250, 0.00055",
        "0, 499, 0.0009982",
        "0, 500, 0.001",
        "0, 501, 0.001",
        "0, 2569, 0.001",
        "1, 0, 0.0009779754323328191",
        "1, 2569, 0.0009779754323328191",
        "2, 0, 0.0009140576474687263",
        "5, 17, 0.00055",
        "9, 0, 0.00012202456766718092",
        "9, 2569, 0.00012202456766718092"
    })
    void should_be_the_rate_of_lavis_when_it_goes_by_epochs(int epoch, int step, double rate) {
        var epochs = new Schedule.Epochs(10, 2570);
        for (int steps : new int[] {25_700, 300}) { // a run that is ended before has the rates of the plan
            var schedule = new Schedule(Schedule.Kind.EPOCH_COSINE, 1e-3, 500, steps, .1, epochs);
            assertThat(schedule.rate(2570 * epoch + step)).isCloseTo(rate, within(Math.ulp(rate) * 2));
        }
    }

    /** As LAVIS does with four epochs of ten steps, 2e-3, minimum 2e-4 and 20 steps of warm-up; then without warm-up. */
    @Test
    void should_end_the_warm_up_with_the_first_epoch_when_it_is_longer() {
        var longer = new Schedule(Schedule.Kind.EPOCH_COSINE, 2e-3, 20, 40, .1, new Schedule.Epochs(4, 10));

        assertThat(longer.rate(6)).isCloseTo(.00074, within(1e-18));
        assertThat(longer.rate(10)).isCloseTo(.0017363961030678928, within(1e-18));
        var none = new Schedule(Schedule.Kind.EPOCH_COSINE, 2e-3, 0, 30, 0, new Schedule.Epochs(3, 10));
        assertThat(none.rate(0)).isEqualTo(2e-3);
        assertThat(none.rate(10)).isCloseTo(.0015, within(1e-18));
        assertThat(none.rate(26)).isCloseTo(.0005, within(1e-18));
    }

    @Test
    void should_know_its_words() {
        assertThat(Schedule.Kind.words()).containsExactly("cosine", "linear", "constant", "poly", "epoch-cosine");
        assertThat(Schedule.Kind.of("epoch-cosine")).isEqualTo(Schedule.Kind.EPOCH_COSINE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.Kind.of("epoch_cosine"))
                .withMessageContaining("choose one of cosine");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule.Epochs(0, 5))
                .withMessageContaining("got 0 of 5");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EPOCH_COSINE")
    void should_not_ask_for_epochs_when_it_goes_by_steps(Schedule.Kind kind) {
        for (int step = 0; step < 40; step++) {
            assertThat(new Schedule(kind, 2e-3, 7, 40, .1, new Schedule.Epochs(4, 10)).rate(step))
                    .isEqualTo(new Schedule(kind, 2e-3, 7, 40, .1).rate(step));
        }
    }
}

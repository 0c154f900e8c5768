package org.spdbook.kernel.magic.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {

    @Test
    void should_give_mean_deviation_and_best_when_loops_are_given() throws Exception {
        List<Long> times = new ArrayList<>(List.of(1000L, 40L, 60L));
        Timing timing = Timing.of(loops -> times.remove(0), 10, 2);

        assertThat(timing).isEqualTo(new Timing(5, 1, 4, 10, 2));
        assertThat(timing)
                .hasToString("5.00 ns ± 1.00 ns per loop (mean ± s.d. of 2 runs, 10 loops each; best 4.00 ns)");
    }

    @Test
    void should_find_loops_that_take_long_enough_when_none_are_given() throws Exception {
        assertThat(Timing.of(loops -> loops * 1_000_000, 0, 1).loops()).isEqualTo(200);
        assertThat(Timing.of(loops -> loops * 5, 0, 1).loops()).isEqualTo(50_000_000);
        assertThat(Timing.of(loops -> loops * 900_000_000, 0, 3).loops()).isEqualTo(1);
    }

    @Test
    void should_choose_the_unit_when_times_are_written() {
        assertThat(List.of(0.5, 12.34, 999.4, 1500.0, 2.5e6, 1.25e9, 5e12))
                .extracting(Nanos::text)
                .containsExactly("0.50 ns", "12.3 ns", "999 ns", "1.50 µs", "2.50 ms", "1.25 s", "5000 s");
    }
}

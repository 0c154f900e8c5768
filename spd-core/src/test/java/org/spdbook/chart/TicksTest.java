package org.spdbook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Ticks.Tick;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class TicksTest {

    private static List<String> texts(double low, double high, Scale scale, int wanted) {
        return Ticks.of(new Range(low, high), scale, wanted).stream()
                .map(Tick::text)
                .toList();
    }

    @Test
    void should_be_round_numbers_when_the_scale_is_linear() {
        assertThat(texts(0, 1, Scale.LINEAR, 5)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
        assertThat(texts(-0.1, 0.35, Scale.LINEAR, 5)).containsExactly("−0.1", "0", "0.1", "0.2", "0.3");
        assertThat(texts(19.6, 32.4, Scale.LINEAR, 4)).containsExactly("20", "25", "30");
        assertThat(texts(0, 2_500_000, Scale.LINEAR, 3)).containsExactly("0", "1e6", "2e6");
        assertThat(texts(0, 2e-5, Scale.LINEAR, 2)).containsExactly("0", "1e−5", "2e−5");
    }

    @Test
    void should_be_powers_of_ten_with_steps_between_where_there_is_room_when_the_scale_is_logarithmic() {
        assertThat(texts(0.001, 1000, Scale.LOG, 8)).containsExactly("0.001", "0.01", "0.1", "1", "10", "100", "1000");
        assertThat(texts(0.09, 2.4, Scale.LOG, 6)).containsExactly("0.1", "0.2", "0.5", "1", "2");
        assertThat(texts(1e-8, 1, Scale.LOG, 5)).containsExactly("1e−8", "1e−6", "1e−4", "0.01", "1");
        assertThat(texts(3e-4, 3e-3, Scale.LOG, 4)).containsExactly("5e−4", "0.001", "0.002");
        assertThat(texts(2.1, 2.9, Scale.LOG, 4)).containsExactly("2.2", "2.4", "2.6", "2.8");
    }

    @Test
    void should_stay_within_the_range_and_near_the_wish_when_ranges_are_random() {
        RandomStream random = new Seeds(5).stream("ticks", 0, 0);
        for (int i = 0; i < 2000; i++) {
            double low = StrictMath.pow(10, -8 + 12 * random.nextDouble());
            double high = low * (1 + StrictMath.pow(10, -2 + 8 * random.nextDouble()));
            int wanted = 2 + random.nextInt(9);
            for (Scale scale : Scale.values()) {
                List<Tick> ticks = Ticks.of(new Range(low, high), scale, wanted);

                assertThat(ticks)
                        .as("%s %s to %s, %s", scale, low, high, wanted)
                        .hasSizeBetween(2, wanted + 3);
                assertThat(ticks)
                        .allSatisfy(tick -> assertThat(tick.value())
                                .isBetween(low - (high - low) * 1e-6, high + (high - low) * 1e-6));
                assertThat(ticks.stream().map(Tick::text).distinct().count()).isEqualTo(ticks.size());
            }
        }
    }
}

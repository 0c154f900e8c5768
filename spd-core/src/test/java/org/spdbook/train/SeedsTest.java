package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {

    @Test
    void should_give_the_numbers_of_splitmix64_when_seeded_with_its_published_example() {
        var stream = new RandomStream(1234567);

        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("3203168211198807973");
    }

    @Test
    void should_repeat_a_stream_and_separate_others_when_asked_again() {
        var seeds = new Seeds(0);
        Set<Long> first = new HashSet<>();
        for (long seed = 0; seed < 3; seed++) {
            for (String purpose : new String[] {"order", "augmentation"}) {
                for (int epoch = 0; epoch < 4; epoch++) {
                    for (int index = 0; index < 4; index++) {
                        first.add(new Seeds(seed).stream(purpose, epoch, index).nextLong());
                    }
                }
            }
        }

        assertThat(first).hasSize(3 * 2 * 4 * 4);
        assertThat(seeds.stream("order", 1, 2).nextLong())
                .isEqualTo(seeds.stream("order", 1, 2).nextLong());
    }

    @Test
    void should_be_uniform_and_normal_when_many_are_drawn() {
        var stream = new Seeds(7).stream("law", 0, 0);
        double mean = 0;
        double square = 0;
        int[] counts = new int[6];
        int n = 60_000;
        for (int i = 0; i < n; i++) {
            double z = stream.nextGaussian();
            mean += z / n;
            square += z * z / n;
            counts[stream.nextInt(6)]++;
        }

        assertThat(mean).isCloseTo(0, within(0.02));
        assertThat(square).isCloseTo(1, within(0.03));
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
    }

    @ParameterizedTest
    @ValueSource(doubles = {.01, .3, .8, 1, 4})
    void should_have_the_moments_of_beta_when_many_are_drawn(double a) {
        var stream = new Seeds(7).stream("beta", 0, 0);
        int n = 40_000;
        double mean = 0;
        double variance = 0;
        double fourth = 0;
        for (int i = 0; i < n; i++) {
            double x = stream.nextBeta(a);
            assertThat(x).isBetween(0.0, 1.0);
            double z = x - .5;
            mean += z / n;
            variance += z * z / n;
            fourth += z * z * z * z / n;
        }

        double expected = 1 / (4 * (2 * a + 1));
        assertThat(mean).isCloseTo(0, within(4 * Math.sqrt(expected / n))); // four standard deviations
        double kurtosis = 3 * expected * expected * (2 * a + 1) / (2 * a + 3);
        assertThat(variance).isCloseTo(expected, within(4 * Math.sqrt((kurtosis - expected * expected) / n)));
        assertThat(fourth).isCloseTo(kurtosis, within(.03 * kurtosis));
    }

    @Test
    void should_be_uniform_when_the_parameter_of_beta_is_one() {
        var stream = new Seeds(8).stream("beta", 0, 0);
        int[] counts = new int[10];
        for (int i = 0; i < 40_000; i++) {
            counts[(int) (10 * stream.nextBeta(1))]++;
        }

        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(3_760, 4_240)); // four standard deviations
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream.nextBeta(0))
                .withMessageContaining("got 0.0");
    }

    @Test
    void should_hold_every_index_once_when_permuted() {
        assertThat(new Seeds(3).stream("order", 0, 0).permutation(100))
                .doesNotHaveDuplicates()
                .hasSize(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Seeds(3).stream("order", 0, 0).nextInt(0))
                .withMessage("bound of a random integer must be >= 1, got 0");
    }
}

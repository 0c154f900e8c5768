package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Torch;

/** Cases worked out by hand: Adam's steps of the radius are its rate, .01, as long as the slope keeps its value. */
class TpgmTest {

    /** Distance of a tensor, trained 5 away from 0, after some steps on a loss with this slope along the way out. */
    private static double distance(double slope, int iterations) {
        try (NDManager manager = Torch.newManager()) {
            NDArray value = manager.create(new double[] {3, -4});
            Autograd.track(value);
            NDArray along = manager.create(new double[] {.6 * slope, -.8 * slope});
            Finish finish = Finish.parse("tpgm(" + iterations + ")");
            AtomicInteger asked = new AtomicInteger();

            finish.apply(List.of(Target.of("w", value)), Map.of("w", manager.create(new double[2])), () -> {
                asked.incrementAndGet();
                return value.mul(along).sum().reshape(1);
            });

            assertThat(asked).hasValue(iterations);
            double[] found = value.toDoubleArray();
            assertThat(found[1] / found[0]).isCloseTo(-4.0 / 3, within(1e-6)); // its direction is kept
            return Math.hypot(found[0], found[1]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // begins in the middle; a loss that rises outwards shrinks the radius, one that falls lets it grow
        "2, 1, 2.49",
        "2, 10, 2.40",
        "-2, 10, 2.60",
        "0, 10, 2.50",
        // at the trained value there is no slope any more: the radius ends there, and momentum does not carry it on
        "-2, 300, 5.00"
    })
    void should_move_the_radius_against_the_slope(double slope, int iterations, double expected) {
        assertThat(distance(slope, iterations)).isCloseTo(expected, within(1e-3));
    }
}

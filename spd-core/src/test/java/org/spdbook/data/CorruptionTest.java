package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/** Statistics of each severity against the formulas of {@code make_imagenet_c.py}. */
class CorruptionTest {

    private static RandomStream random(int index) {
        return new Seeds(3).stream("corruption", 0, index);
    }

    private static FloatImage grey(int side, float value) {
        float[] values = new float[side * side * 3];
        Arrays.fill(values, value);
        return new FloatImage(side, side, 3, values);
    }

    @ParameterizedTest
    @CsvSource({"1, .08", "2, .12", "3, .18", "4, .26", "5, .38"})
    void should_spread_as_cut_normal_noise_does(int severity, double sigma) {
        FloatImage image = grey(300, .5f);

        Corruption.GAUSSIAN_NOISE.apply(image, severity, random(severity));

        double mean = 0;
        double square = 0;
        for (float value : image.values()) {
            mean += value;
            square += (value - .5) * (value - .5);
        }
        mean /= image.values().length;
        assertThat(mean).isCloseTo(.5, within(.005));
        assertThat(Math.sqrt(square / image.values().length)).isCloseTo(cutDeviation(sigma), within(.01 * sigma));
    }

    /** Root mean square of a normal variable that is cut at +-0.5, by the midpoint rule. */
    private static double cutDeviation(double sigma) {
        double sum = 0;
        double weight = 0;
        for (double z = -8; z < 8; z += .001) {
            double density = Math.exp(-z * z / 2);
            double x = Math.max(-.5, Math.min(.5, sigma * z));
            sum += density * x * x;
            weight += density;
        }
        return Math.sqrt(sum / weight);
    }

    @ParameterizedTest
    @CsvSource({"3, .1, 29, 17", "4, .5, 49, 17", "6, .5, 113, 17", "8, .5, 197, 17", "10, .5, 317, 21"})
    void should_be_a_smoothed_disk(int radius, double sigma, int pixels, int side) {
        DiskKernel kernel = DiskKernel.of(radius, sigma);

        assertThat(kernel.side()).isEqualTo(side);
        double middle = kernel.weights()[side / 2 * side + side / 2];
        assertThat(middle).isCloseTo(1.0 / pixels, within(1e-12));
        // the rim of a disk that touches the border of the kernel is mirrored into it
        double touching = radius >= 8 ? .02 : 1e-12;
        assertThat(Arrays.stream(kernel.weights()).sum()).isCloseTo(1, within(touching));
        for (int i = 0; i < kernel.weights().length; i++) {
            assertThat(kernel.weights()[i]).isCloseTo(kernel.weights()[kernel.weights().length - 1 - i], within(1e-15));
        }
    }

    @Test
    void should_show_the_kernel_when_a_single_point_is_blurred_and_mirror_at_the_edge() {
        FloatImage point = grey(41, 0);
        point.values()[(20 * 41 + 20) * 3] = 1;
        DiskKernel kernel = DiskKernel.of(3, .1);

        kernel.filter(point);

        for (int i = 0; i < 17 * 17; i++) {
            int at = ((12 + i / 17) * 41 + 12 + i % 17) * 3;
            assertThat(point.values()[at]).isCloseTo((float) kernel.weights()[i], within(1e-7f));
            assertThat(point.values()[at + 1]).isZero();
        }
        FloatImage edge = grey(41, 0);
        edge.values()[3] = 1; // the second pixel of the first row is also the one before the first
        kernel.filter(edge);
        // at the corner it is seen to the right and, mirrored, to the left
        assertThat(edge.values()[0]).isCloseTo(2f / 29, within(1e-7f));
    }

    @Test
    void should_keep_hue_and_saturation_when_it_is_brighter() {
        float[] colours = {.2f, .4f, .1f, 0, 0, 0, .9f, .3f, .6f};
        FloatImage image = new FloatImage(1, 3, 3, colours);

        Corruption.BRIGHTNESS.apply(image, 2, random(0));

        // value .4 becomes .6, black grey, and .9 stops at 1
        assertThat(image.values())
                .containsExactly(new float[] {.3f, .6f, .15f, .2f, .2f, .2f, 1, 1 / 3f, 2 / 3f}, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"2", "1.7", "1.5", "1.4"})
    void should_be_as_rough_at_each_scale_as_the_decay_says(double decay) {
        // the wibble enters twice, so the height of details falls by the square of the decay from one size to half of
        // it
        double[] roughness = new double[6];
        for (int seed = 0; seed < 40; seed++) {
            Plasma plasma = Plasma.covering(256, decay, random(seed));
            for (int scale = 0; scale < roughness.length; scale++) {
                roughness[scale] += detail(plasma, 2 << scale);
            }
        }

        for (int scale = 2; scale < roughness.length; scale++) {
            double ratio = Math.sqrt(roughness[scale] / roughness[scale - 1]);
            assertThat(ratio)
                    .as("from %d to %d", 2 << scale, 1 << scale)
                    .isCloseTo(decay * decay, within(.12 * decay * decay));
        }
    }

    /** Mean square by which the middle of a square is off the mean of its corners, with corners some steps apart. */
    private static double detail(Plasma plasma, int step) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y + step < plasma.side(); y += step) {
            for (int x = 0; x + step < plasma.side(); x += step) {
                double corners = plasma.at(y, x)
                        + plasma.at(y + step, x)
                        + plasma.at(y, x + step)
                        + plasma.at(y + step, x + step);
                double off = plasma.at(y + step / 2, x + step / 2) - corners / 4;
                sum += off * off;
                count++;
            }
        }
        return sum / count;
    }

    @ParameterizedTest
    @CsvSource({"1, 1.5", "2, 2", "3, 2.5", "4, 2.5", "5, 3"})
    void should_lay_fog_between_none_and_full_density(int severity, double strength) {
        FloatImage image = grey(256, .25f);

        Corruption.FOG.apply(image, severity, random(severity));

        // of density 0 and 1, which both occur: x m / (m + c), and (x + c) m / (m + c), with m = x
        double least = .25 * .25 / (.25 + strength);
        double most = .25;
        float[] sorted = image.values().clone();
        Arrays.sort(sorted);
        assertThat(sorted[0]).isCloseTo((float) least, within(1e-6f));
        assertThat(sorted[sorted.length - 1]).isCloseTo((float) most, within(1e-6f));
    }

    @ParameterizedTest
    @EnumSource(Corruption.class)
    void should_be_the_same_each_time_and_worse_with_each_severity(Corruption corruption) {
        byte[] values = new byte[64 * 64 * 3]; // dark on the left, light on the right
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i / 3 % 64 < 32 ? 40 : 120);
        }
        Pixels picture = new Pixels(64, 64, 3, values);
        double before = 0;
        for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
            Pixels corrupted = corruption.apply(picture, severity, random(9));
            double difference = 0;
            for (int i = 0; i < values.length; i++) {
                difference += Math.abs((corrupted.values()[i] & 0xFF) - (values[i] & 0xFF));
            }
            if (corruption == Corruption.FOG) { // whose density is drawn, so that less of it may lie over a picture
                assertThat(difference).isPositive();
            } else {
                assertThat(difference).as("severity %d", severity).isGreaterThan(before);
            }
            assertThat(corruption.apply(picture, severity, random(9))).isEqualTo(corrupted);
            before = difference;
        }
        assertThat(Corruption.of(corruption.word())).isEqualTo(corruption);
    }

    @Test
    void should_say_what_is_wrong_when_it_cannot_be_applied() {
        Pixels clear = new Pixels(2, 2, Pixels.RGBA, new byte[16]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corruption.FOG.apply(clear, 1, random(0)))
                .withMessageContaining("lay it on a background");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corruption.FOG.apply(new Pixels(2, 2, 3, new byte[12]), 6, random(0)))
                .withMessageContaining("a severity is 1 to 5, got 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corruption.of("snow"))
                .withMessageContaining("gaussian-noise, defocus-blur, fog, brightness");
    }
}

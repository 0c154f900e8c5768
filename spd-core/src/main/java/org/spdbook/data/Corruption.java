package org.spdbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.spdbook.train.RandomStream;

/**
 * The four corruptions of the paper's Table 4, each in five severities.
 *
 * <p>Source: Hendrycks, Dietterich, <i>Benchmarking Neural Network Robustness to Common Corruptions and Perturbations</i>, ICLR 2019, and their
 * {@code make_imagenet_c.py}. Random numbers are ours, so a picture is not the very one that the original would make of it; fog
 * takes a map as large as the picture needs, where the original is written for 224 pixels.
 */
public enum Corruption {
    /** Normal noise on every value: s.d. .08 to .38. */
    GAUSSIAN_NOISE(new double[][] {{.08}, {.12}, {.18}, {.26}, {.38}}) {
        @Override
        void apply(FloatImage image, double[] parameters, RandomStream random) {
            float[] values = image.values();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (parameters[0] * random.nextGaussian());
            }
        }
    },
    /** Out of focus: a disk of radius 3 to 10, its rim smoothed. */
    DEFOCUS_BLUR(new double[][] {{3, .1}, {4, .5}, {6, .5}, {8, .5}, {10, .5}}) {
        @Override
        void apply(FloatImage image, double[] parameters, RandomStream random) {
            DiskKernel.of((int) parameters[0], parameters[1]).filter(image);
        }
    },
    /** Fog of fractal density, laid over the picture: strength 1.5 to 3, roughness by 2 down to 1.4. */
    FOG(new double[][] {{1.5, 2}, {2, 2}, {2.5, 1.7}, {2.5, 1.5}, {3, 1.4}}) {
        @Override
        void apply(FloatImage image, double[] parameters, RandomStream random) {
            float[] values = image.values();
            double most = 0;
            for (float value : values) {
                most = Math.max(most, value);
            }
            Plasma fog = Plasma.covering(Math.max(image.height(), image.width()), parameters[1], random);
            for (int i = 0; i < values.length; i++) {
                int pixel = i / image.channels();
                double density = fog.at(pixel / image.width(), pixel % image.width());
                values[i] = (float) ((values[i] + parameters[0] * density) * most / (most + parameters[0]));
            }
        }
    },
    /** Brighter by .1 to .5 of the value in HSV; hue and saturation are kept. */
    BRIGHTNESS(new double[][] {{.1}, {.2}, {.3}, {.4}, {.5}}) {
        @Override
        void apply(FloatImage image, double[] parameters, RandomStream random) {
            float[] values = image.values();
            for (int i = 0; i < values.length; i += image.channels()) {
                float value = 0;
                for (int channel = 0; channel < image.channels(); channel++) {
                    value = Math.max(value, values[i + channel]);
                }
                float brighter = Math.min(1, value + (float) parameters[0]);
                for (int channel = 0; channel < image.channels(); channel++) {
                    values[i + channel] = value == 0 ? brighter : values[i + channel] / value * brighter;
                }
            }
        }
    };

    /** Number of severities. */
    public static final int SEVERITIES = 5;

    private final double[][] parameters;

    Corruption(double[][] parameters) {
        this.parameters = parameters;
    }

    /** The word for it, such as {@code gaussian-noise}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Corruption::word).toList();
    }

    /**
     * The corruption of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Corruption of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "corruption " + word + " is not known; choose one of " + String.join(", ", words())));
    }

    /**
     * A corrupted picture.
     *
     * @param picture RGB or L
     * @param severity 1 to 5
     * @param random of this picture
     * @throws IllegalArgumentException if the severity is none, or the picture has an opacity
     */
    public Pixels apply(Pixels picture, int severity, RandomStream random) {
        FloatImage image = FloatImage.of(picture);
        apply(image, severity, random);
        return image.pixels();
    }

    /** As {@link #apply(Pixels, int, RandomStream)} in place; the result lies in [0, 1]. */
    void apply(FloatImage image, int severity, RandomStream random) {
        if (severity < 1 || severity > SEVERITIES) {
            throw new IllegalArgumentException("a severity is 1 to " + SEVERITIES + ", got " + severity);
        }
        apply(image, parameters[severity - 1], random);
        image.clip();
    }

    abstract void apply(FloatImage image, double[] own, RandomStream random);
}

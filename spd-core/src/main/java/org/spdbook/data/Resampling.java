package org.spdbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A kernel for resizing, named and defined as in Pillow. When a picture shrinks, the kernel is stretched by the factor. */
public enum Resampling {
    /** Triangle of radius 1. */
    BILINEAR(1) {
        @Override
        double at(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    /** Keys' cubic convolution with a = -1/2, radius 2. */
    BICUBIC(2) {
        @Override
        double at(double x) {
            double a = -0.5;
            double d = Math.abs(x);
            if (d < 1) {
                return ((a + 2) * d - (a + 3)) * d * d + 1;
            }
            return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
        }
    },
    /** Sinc windowed by a sinc three times as wide, radius 3. */
    LANCZOS(3) {
        @Override
        double at(double x) {
            return -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        }
    };

    private final double radius;

    Resampling(double radius) {
        this.radius = radius;
    }

    /** Weight at a distance in source pixels (in stretched ones when shrinking); not normalised. */
    abstract double at(double x);

    /** Largest distance with a weight, in the same unit. */
    double radius() {
        return radius;
    }

    private static double sinc(double x) {
        double angle = x * Math.PI;
        return x == 0 ? 1 : StrictMath.sin(angle) / angle;
    }

    /** The word for it, lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Resampling::word).toList();
    }

    /**
     * The kernel of a word.
     *
     * @throws IllegalArgumentException if there is none, with the known ones
     */
    public static Resampling of(String word) {
        return Arrays.stream(values())
                .filter(kernel -> kernel.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "resampling " + word + " is not known; choose one of " + String.join(", ", words())));
    }
}

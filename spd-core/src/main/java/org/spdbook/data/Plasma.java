package org.spdbook.data;

import org.spdbook.train.RandomStream;

/**
 * A fractal map by the diamond-square method, periodic in both directions, from 0 to 1: {@code plasma_fractal} of
 * {@code make_imagenet_c.py} with our random numbers.
 *
 * @param side a power of two
 * @param heights [side, side]
 */
record Plasma(int side, double[] heights) {

    private static final int LEAST = 256;
    private static final double WIBBLE = 100;

    /**
     * A map that covers a picture.
     *
     * @param length of its longer side
     * @param decay by which the randomness shrinks from a size of details to half of it, &gt; 1
     */
    static Plasma covering(int length, double decay, RandomStream random) {
        int side = Math.max(LEAST, Integer.highestOneBit(Math.max(1, length - 1)) * 2);
        double[] a = new double[side * side];
        double wibble = WIBBLE;
        for (int step = side; step >= 2; step /= 2) {
            int half = step / 2;
            for (int y = 0; y < side; y += step) {
                for (int x = 0; x < side; x += step) {
                    double sum = at(a, side, y, x)
                            + at(a, side, y + step, x)
                            + at(a, side, y, x + step)
                            + at(a, side, y + step, x + step);
                    a[(y + half) * side + x + half] = middle(sum, wibble, random);
                }
            }
            for (int y = 0; y < side; y += step) {
                for (int x = 0; x < side; x += step) {
                    a[y * side + x + half] = middle(
                            at(a, side, y + half, x + half)
                                    + at(a, side, y - half, x + half)
                                    + at(a, side, y, x)
                                    + at(a, side, y, x + step),
                            wibble,
                            random);
                    a[(y + half) * side + x] = middle(
                            at(a, side, y + half, x + half)
                                    + at(a, side, y + half, x - half)
                                    + at(a, side, y, x)
                                    + at(a, side, y + step, x),
                            wibble,
                            random);
                }
            }
            wibble /= decay;
        }
        return new Plasma(side, normalised(a));
    }

    private static double at(double[] a, int side, int y, int x) {
        return a[Math.floorMod(y, side) * side + Math.floorMod(x, side)];
    }

    /** The mean of four, moved by up to a wibble times itself, as the original has it. */
    private static double middle(double sum, double wibble, RandomStream random) {
        return sum / 4 + wibble * random.uniform(-wibble, wibble);
    }

    private static double[] normalised(double[] a) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double height : a) {
            least = Math.min(least, height);
            most = Math.max(most, height);
        }
        for (int i = 0; i < a.length; i++) {
            a[i] = (a[i] - least) / (most - least);
        }
        return a;
    }

    double at(int y, int x) {
        return heights[y * side + x];
    }
}

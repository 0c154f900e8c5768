package org.spdbook.train;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers that is the same on every JDK and machine: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014),
 * integer arithmetic only, and {@link StrictMath} where a logarithm is needed. Not thread-safe; make one with {@link
 * Seeds}.
 */
public final class RandomStream implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    RandomStream(long seed) {
        this.state = seed;
    }

    /** The next 64 random bits. */
    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** SplitMix64's finaliser: a bijection of 64 bits that spreads every input bit over all output bits. */
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /** True with the given probability in [0, 1]. */
    public boolean chance(double probability) {
        return nextDouble() < probability;
    }

    /**
     * Uniform in 0..bound-1, without modulo bias.
     *
     * @throws IllegalArgumentException if {@code bound < 1}
     */
    @Override
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound of a random integer must be >= 1, got " + bound);
        }
        long limit = (1L << 31) - (1L << 31) % bound;
        long bits;
        do {
            bits = nextLong() >>> 33;
        } while (bits >= limit);
        return (int) (bits % bound);
    }

    /** Standard normal, by the polar method. */
    @Override
    public double nextGaussian() {
        double x;
        double squaredRadius;
        do {
            x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            squaredRadius = x * x + y * y;
        } while (squaredRadius >= 1 || squaredRadius == 0);
        return x * Math.sqrt(-2 * StrictMath.log(squaredRadius) / squaredRadius);
    }

    /**
     * Beta(a, a), in [0, 1]: of two gamma variates the first's share.
     *
     * @throws IllegalArgumentException if {@code a} is not positive and finite
     */
    public double nextBeta(double a) {
        if (!(a > 0 && a < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a beta variate needs a finite parameter > 0, got " + a);
        }
        double first;
        double sum;
        do {
            first = nextGamma(a);
            sum = first + nextGamma(a);
        } while (sum == 0); // both too small for a double, where a is
        return first / sum;
    }

    /** Gamma of a shape, scale 1: Marsaglia, Tsang, <i>A simple method for generating gamma variables</i>, ACM TOMS 2000. */
    private double nextGamma(double shape) {
        if (shape < 1) {
            double larger = nextGamma(shape + 1);
            return larger * StrictMath.pow(1 - nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = nextGaussian();
            double root = 1 + c * x;
            double v = root * root * root;
            if (v > 0 && StrictMath.log(1 - nextDouble()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    /** A uniform permutation of 0..n-1 (Fisher-Yates). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}

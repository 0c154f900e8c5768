package org.spdbook.data;

/**
 * What each target pixel of one axis takes from the source: a run of source pixels and integer weights, 2^22 standing for 1.
 * The fixed point is what makes results equal everywhere.
 */
final class ResizeWeights {

    /** Bits behind the point: 32, less 8 of a value, less 2 for weights that overshoot. */
    static final int FRACTION_BITS = 22;

    private final int[] first;
    private final int[][] weights;

    private ResizeWeights(int targets) {
        this.first = new int[targets];
        this.weights = new int[targets][];
    }

    /** The weights from {@code source} to {@code target} pixels. */
    static ResizeWeights of(Resampling kernel, int source, int target) {
        ResizeWeights result = new ResizeWeights(target);
        double scale = (double) source / target;
        double stretch = Math.max(scale, 1);
        double radius = kernel.radius() * stretch;
        double perPixel = 1 / stretch;
        for (int i = 0; i < target; i++) {
            double center = (i + 0.5) * scale;
            int begin = Math.max((int) (center - radius + 0.5), 0);
            int end = Math.min((int) (center + radius + 0.5), source);
            double[] exact = new double[end - begin];
            double sum = 0;
            for (int k = 0; k < exact.length; k++) {
                exact[k] = kernel.at((k + begin - center + 0.5) * perPixel);
                sum += exact[k];
            }
            result.first[i] = begin;
            result.weights[i] = fixedPoint(exact, sum);
        }
        return result;
    }

    private static int[] fixedPoint(double[] exact, double sum) {
        int[] result = new int[exact.length];
        for (int k = 0; k < result.length; k++) {
            double share = sum == 0 ? exact[k] : exact[k] / sum;
            double scaled = share * (1 << FRACTION_BITS);
            result[k] = (int) (share < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return result;
    }

    /** First source pixel of a target pixel. */
    int first(int target) {
        return first[target];
    }

    /** Weights of the source pixels from the first on; not to be written to. */
    int[] of(int target) {
        return weights[target];
    }

    /** First source pixel that any target pixel takes. */
    int begin() {
        return first[0];
    }

    /** Source pixel after the last one that any target pixel takes. */
    int end() {
        int last = first.length - 1;
        return first[last] + weights[last].length;
    }

    /** A weighted sum as a value 0..255, rounded half up. */
    static byte value(int sum) {
        int rounded = sum + (1 << (FRACTION_BITS - 1)) >> FRACTION_BITS;
        return (byte) Math.max(0, Math.min(255, rounded));
    }
}

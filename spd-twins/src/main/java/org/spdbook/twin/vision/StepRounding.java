package org.spdbook.twin.vision;

import java.util.stream.IntStream;

/**
 * What rounding does to one tensor in a few steps of Adam. Two float32 programs agree on a gradient to about 1e-6 of its
 * tensor's largest value; Adam divides by the gradient's own size, so where that is small the rounding becomes a part of a
 * step, up to a full step of either sign where it is nothing but rounding. A key bias is such a case: it shifts all scores of
 * a query alike, its gradient is zero in exact arithmetic.
 *
 * @param gradient the reference's, at the first step
 * @param before the weights before the first step
 * @param lr learning rate per step
 * @param steps number of steps
 */
record StepRounding(double[] gradient, double[] before, double lr, int steps) {

    private static final double ROUNDING = 2e-6;

    /** Our values, moved towards the reference's by what rounding explains; equal to them where the gradient is rounding. */
    double[] explain(double[] ours, double[] reference) {
        double rounding = rounding();
        return IntStream.range(0, ours.length)
                .mapToDouble(i -> {
                    double part = rounding / Math.abs(gradient[i]);
                    double difference = ours[i] - reference[i];
                    double left = Math.max(0, Math.abs(difference) - lr * steps * part);
                    return part >= 1 && Double.isFinite(ours[i])
                            ? reference[i]
                            : reference[i] + Math.copySign(left, difference);
                })
                .toArray();
    }

    /**
     * Whether elements that only rounding moves can change the others by more than a limit through the norm of the
     * displacement: the ratio of a projection is uncertain by their share in the squared norm, and multiplies the displacement.
     *
     * @param limit per step, relative to the tensor's largest value
     */
    boolean reachesTheNorm(double[] reference, double limit) {
        double rounding = rounding();
        double all = 0;
        double undetermined = 0;
        double farthest = 0;
        double largest = 0;
        for (int i = 0; i < reference.length; i++) {
            double displacement = Math.abs(reference[i] - before[i]);
            all += displacement * displacement;
            undetermined += Math.abs(gradient[i]) <= rounding ? displacement * displacement : 0;
            farthest = Math.max(farthest, displacement);
            largest = Math.max(largest, Math.abs(reference[i]));
        }
        return undetermined * farthest > limit * largest * all;
    }

    private double rounding() {
        double largest = 0;
        for (double value : gradient) {
            largest = Math.max(largest, Math.abs(value));
        }
        return ROUNDING * largest;
    }
}

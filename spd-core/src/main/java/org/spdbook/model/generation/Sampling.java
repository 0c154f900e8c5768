package org.spdbook.model.generation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How tokens are drawn at random: scores are divided by the temperature, tokens outside the first k and outside the nucleus (Holtzman et al.,
 * <i>The curious case of neural text degeneration</i>, ICLR 2020) are left out, and one of the others is drawn by its probability: in this order,
 * as in Hugging Face transformers, whose random numbers are others.
 *
 * @param temperature above 0; below 1 likely tokens become more likely
 * @param topK how many tokens with the highest scores may be drawn, those equal to the last of them too; 0 for all
 * @param topP how much of the probability the tokens that may be drawn have at least, the likeliest first; in (0, 1], 1 for all
 */
public record Sampling(double temperature, int topK, double topP) {

    public Sampling {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the temperature of sampling must be above 0, got " + temperature
                    + "; choose e.g. 0.7, or leave sampling out for the likeliest tokens");
        }
        if (topK < 0) {
            throw new IllegalArgumentException(
                    "top-k of sampling must be at least 1, or 0 for all tokens, got " + topK + "; choose e.g. 50");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException(
                    "top-p of sampling must be above 0 and at most 1, got " + topP + "; choose e.g. 0.95");
        }
    }

    /** All tokens by their own probabilities. */
    public static Sampling plain() {
        return new Sampling(1, 0, 1);
    }

    /** Draws an id. scores: of the whole vocabulary; one number is taken from {@code random}. */
    int draw(float[] scores, RandomGenerator random) {
        double[] shares = shares(scores);
        double left = random.nextDouble() * Arrays.stream(shares).sum();
        int last = 0;
        for (int id = 0; id < shares.length; id++) {
            if (shares[id] > 0) {
                last = id;
                left -= shares[id];
                if (left < 0) {
                    return id;
                }
            }
        }
        return last; // by rounding
    }

    /** How likely each id is beside the others, 0 for those left out. */
    double[] shares(float[] scores) {
        double[] shares = new double[scores.length];
        for (int id = 0; id < shares.length; id++) {
            shares[id] = scores[id] / temperature;
        }
        double[] sorted = sorted(shares);
        double largest = sorted[sorted.length - 1]; // NaN, if there is one
        if (!(Math.abs(largest) < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException("the model's largest score is " + largest
                    + ", no token can be drawn by that; look at the weights of the model");
        }
        double least = topK > 0 && topK < sorted.length ? sorted[sorted.length - topK] : Double.NEGATIVE_INFINITY;
        for (int id = 0; id < shares.length; id++) {
            // the same on every machine
            shares[id] = shares[id] < least ? 0 : StrictMath.exp(shares[id] - largest);
        }
        if (topP < 1) {
            double edge = edge(sorted(shares));
            for (int id = 0; id < shares.length; id++) {
                shares[id] = shares[id] < edge ? 0 : shares[id];
            }
        }
        return shares;
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** The smallest share inside the nucleus. */
    private double edge(double[] rising) {
        double tail = (1 - topP) * Arrays.stream(rising).sum();
        double below = 0;
        for (double share : rising) {
            below += share;
            if (below > tail) {
                return share;
            }
        }
        return rising[rising.length - 1];
    }
}

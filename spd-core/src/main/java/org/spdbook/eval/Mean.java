package org.spdbook.eval;

import java.util.Arrays;

/**
 * The mean of some values and how sure it is.
 *
 * @param value arithmetic mean, in the unit of the values; NaN for none
 * @param sd standard deviation of the values, with n - 1; NaN for less than two
 * @param n number of values
 */
public record Mean(double value, double sd, int n) {

    /** The mean of values. */
    public static Mean of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        int n = values.length;
        if (n < 2) {
            return new Mean(mean, Double.NaN, n);
        }
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return new Mean(mean, Math.sqrt(squares / (n - 1)), n);
    }

    /** The standard error of the mean: the standard deviation over the root of n; NaN for less than two values. */
    public double error() {
        return sd / Math.sqrt(n);
    }
}

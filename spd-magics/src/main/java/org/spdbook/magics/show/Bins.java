package org.spdbook.magics.show;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bins of equal, round width for a histogram.
 *
 * @param first number of the first bin; bin {@code i} covers {@code [(first + i) * width, (first + i + 1) * width)}
 * @param count number of bins, at least 1
 * @param width width of a bin: 1, 2 or 5 times a power of ten
 */
record Bins(long first, int count, BigDecimal width) {

    private static final int MOST = 40;

    /**
     * Bins that cover all values.
     *
     * @param values the values, NaN is left out; at least one must be a number
     * @param wished most bins wished for, 0 for about the root of the number of values
     */
    static Bins of(List<Double> values, int wished) {
        double[] known = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (known.length == 0) {
            throw new IllegalArgumentException("a histogram needs at least one number, got none");
        }
        double low = known[0];
        double high = known[known.length - 1];
        int most = Math.min(MOST, wished > 0 ? wished : 3 + (int) StrictMath.sqrt(known.length));
        double rough = high > low ? (high - low) / most : 1;
        int exponent = (int) StrictMath.floor(StrictMath.log10(rough));
        for (int mantissa : new int[] {1, 2, 5, 10}) {
            BigDecimal width = BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent);
            long first = index(low, width);
            long count = index(high, width) - first + 1;
            if (count <= most || mantissa == 10) {
                return new Bins(first, (int) count, width);
            }
        }
        throw new IllegalStateException("ten times the smallest width always covers the values");
    }

    private static long index(double value, BigDecimal width) {
        return (long) StrictMath.floor(value / width.doubleValue() + 1e-9);
    }

    /** How many values fall into each bin. */
    double[] counts(List<Double> values) {
        double[] counts = new double[count];
        for (double value : values) {
            if (!Double.isNaN(value)) {
                counts[(int) (index(value, width) - first)]++;
            }
        }
        return counts;
    }

    /** The lower and upper end of each bin: {@code "0.2–0.4"}. */
    List<String> names() {
        return IntStream.range(0, count)
                .mapToObj(i -> text(first + i) + "–" + text(first + i + 1))
                .toList();
    }

    private String text(long index) {
        BigDecimal end = width.multiply(BigDecimal.valueOf(index), MathContext.DECIMAL64);
        return end.signum() == 0 ? "0" : end.stripTrailingZeros().toPlainString();
    }
}

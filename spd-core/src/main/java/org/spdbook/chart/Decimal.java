package org.spdbook.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text, by integer and decimal arithmetic: the same on every JDK and in every locale. */
final class Decimal {

    private Decimal() {}

    /** A length in pixels with at most {@code digits} (0 to 2) decimals: {@code 12}, {@code 12.5}, {@code -0.25}. */
    static String pixels(double value, int digits) {
        long scale = digits == 0 ? 1 : digits == 1 ? 10 : 100;
        return plain(BigDecimal.valueOf(Math.round(value * scale), digits));
    }

    /** A value for readers, with {@code digits} significant digits: {@code 0.412}, {@code 1.2e-5}, {@code NaN}. */
    static String significant(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
        }
        return readable(new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)));
    }

    /** As {@link #significant}, but with an exponent already below a bound: {@code 1e-3} below 0.1. */
    static String scientificBelow(double bound, double value, int digits) {
        if (value == 0 || !(Math.abs(value) < bound)) {
            return significant(value, digits);
        }
        BigDecimal shortest = new BigDecimal(value)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return plain(shortest.movePointLeft(exponent)) + "e" + exponent;
    }

    /** An exact decimal for readers: plain from 0.001 to 999999, otherwise with an exponent. */
    static String readable(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = value.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -3 && exponent < 6) {
            return shortest.toPlainString();
        }
        return plain(shortest.movePointLeft(exponent)) + "e" + exponent;
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}

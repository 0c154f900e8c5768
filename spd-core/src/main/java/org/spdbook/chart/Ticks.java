package org.spdbook.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis. Places and texts come from one exact decimal, so 0.3 never reads 0.30000000000000004. */
final class Ticks {

    private static final int[] LINEAR_STEPS = {1, 2, 5};

    private Ticks() {}

    /** A mark on an axis: its place in the axis' unit and its text. */
    record Tick(double value, String text) {}

    /** Two or more round numbers within the range, about {@code wanted} (>= 2), at most three more. */
    static List<Tick> of(Range range, Scale scale, int wanted) {
        return scale == Scale.LOG ? log(range, wanted) : linear(range, wanted);
    }

    /** Multiples of 1, 2 or 5 times a power of ten; a finer step than wished where fewer than two would fall within. */
    private static List<Tick> linear(Range range, int wanted) {
        double rough = range.length() / Math.max(1, wanted);
        int exponent = (int) StrictMath.floor(StrictMath.log10(rough));
        for (int index = firstStep(rough, exponent); ; index--) {
            int mantissa = LINEAR_STEPS[Math.floorMod(index, LINEAR_STEPS.length)];
            int power = exponent + Math.floorDiv(index, LINEAR_STEPS.length);
            List<Tick> ticks = multiples(range, BigDecimal.valueOf(mantissa).scaleByPowerOfTen(power));
            if (ticks.size() >= 2) {
                return ticks;
            }
        }
    }

    /** The index of the smallest step that is at least {@code rough}; 3 stands for ten times the first. */
    private static int firstStep(double rough, int exponent) {
        int index = 0;
        while (index < LINEAR_STEPS.length
                && new BigDecimal(LINEAR_STEPS[index])
                                .scaleByPowerOfTen(exponent)
                                .doubleValue()
                        < rough * (1 - 1e-9)) {
            index++;
        }
        return index;
    }

    private static List<Tick> multiples(Range range, BigDecimal step) {
        long first = (long) StrictMath.ceil(range.low() / step.doubleValue() - 1e-9);
        long last = (long) StrictMath.floor(range.high() / step.doubleValue() + 1e-9);
        List<Tick> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            ticks.add(tick(step.multiply(BigDecimal.valueOf(i))));
        }
        return ticks;
    }

    /** Powers of ten; with 2 and 5 between where there is room; every second, third ... power where there is not. */
    private static List<Tick> log(Range range, int wanted) {
        int low = (int) StrictMath.floor(StrictMath.log10(range.low()) + 1e-9);
        int high = (int) StrictMath.ceil(StrictMath.log10(range.high()) - 1e-9);
        for (int[] mantissas : new int[][] {{1, 2, 3, 5, 7}, {1, 2, 5}, {1, 3}, {1}}) {
            List<Tick> ticks = logTicks(range, low, high, mantissas, 1);
            if (ticks.size() <= wanted && ticks.size() >= 2) {
                return ticks;
            }
        }
        for (int every = 2; every <= high - low; every++) {
            List<Tick> ticks = logTicks(range, low, high, new int[] {1}, every);
            if (ticks.size() <= wanted && ticks.size() >= 2) {
                return ticks;
            }
        }
        return linear(range, wanted);
    }

    private static List<Tick> logTicks(Range range, int low, int high, int[] mantissas, int every) {
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = low; exponent <= high; exponent++) {
            for (int mantissa : mantissas) {
                BigDecimal value = BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent);
                double place = value.doubleValue();
                boolean within = place >= range.low() * (1 - 1e-9) && place <= range.high() * (1 + 1e-9);
                if (within && Math.floorMod(exponent, every) == 0) {
                    ticks.add(tick(value));
                }
            }
        }
        return ticks;
    }

    private static Tick tick(BigDecimal value) {
        return new Tick(value.doubleValue(), Decimal.readable(value).replace('-', '−'));
    }
}

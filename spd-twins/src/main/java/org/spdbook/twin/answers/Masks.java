package org.spdbook.twin.answers;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Which of 12 x 12 pixels a thing covers. */
final class Masks {

    /** Pixels of a side. */
    static final int SIDE = 12;

    private static final double CENTRE = (SIDE - 1) / 2.0;
    private static final int DIGIT_ROWS = 7;
    private static final int DIGIT_COLUMNS = 5;
    private static final int DIGIT_TOP = 2;
    private static final int DIGIT_LEFT = 1;

    /** Seven rows of five, each drawn two pixels wide. */
    private static final String[] DIGITS = {
        "01110100011000110001100011000101110",
        "00100011000010000100001000010001110",
        "01110100010000100010001000100011111",
        "11110000010000101110000010000111110",
        "00010001100101010010111110001000010",
        "11111100001111000001000011000101110",
        "01110100001111010001100011000101110",
        "11111000010001000100010000100001000",
        "01110100011000101110100011000101110",
        "01110100011000101111000011000101110"
    };

    private static final Map<String, boolean[]> ALL = all();

    private Masks() {}

    @FunctionalInterface
    private interface Covered {
        boolean at(int y, int x);
    }

    private static Map<String, boolean[]> all() {
        Map<String, boolean[]> all = new HashMap<>();
        all.put("circle", mask((y, x) -> squaredRadius(y, x) <= 5.6 * 5.6));
        all.put("ring", mask((y, x) -> squaredRadius(y, x) <= 5.8 * 5.8 && squaredRadius(y, x) >= 3.2 * 3.2));
        all.put("square", mask((y, x) -> off(x) <= 4.6 && off(y) <= 4.6));
        all.put("triangle", mask((y, x) -> y >= 1 && off(x) <= y * .5));
        all.put("cross", mask((y, x) -> off(x) <= 1.6 || off(y) <= 1.6));
        all.put("bar", mask((y, x) -> off(y) <= 1.6));
        for (int digit = 0; digit < DIGITS.length; digit++) {
            String rows = DIGITS[digit];
            all.put(Integer.toString(digit), mask((y, x) -> isInk(rows, y - DIGIT_TOP, x - DIGIT_LEFT)));
        }
        return all;
    }

    private static boolean isInk(String rows, int y, int x) {
        boolean inside = y >= 0 && y < DIGIT_ROWS && x >= 0 && x < 2 * DIGIT_COLUMNS;
        return inside && rows.charAt(y * DIGIT_COLUMNS + x / 2) == '1';
    }

    private static double off(int position) {
        return Math.abs(position - CENTRE);
    }

    private static double squaredRadius(int y, int x) {
        return off(y) * off(y) + off(x) * off(x);
    }

    private static boolean[] mask(Covered covered) {
        boolean[] mask = new boolean[SIDE * SIDE];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = covered.at(i / SIDE, i % SIDE);
        }
        return mask;
    }

    /** The mask of a shape or a digit, row by row; not to be changed. */
    static boolean[] of(String shape) {
        return Objects.requireNonNull(ALL.get(shape));
    }
}

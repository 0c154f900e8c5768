package org.spdbook.twin.answers;

import java.util.List;
import java.util.Map;

/**
 * What stands in one place of a scene.
 *
 * @param shape one of {@link #SHAPES}, or a digit
 * @param colour one of {@link #COLOURS}; white for a digit
 */
record Thing(String shape, String colour) {

    /** All shapes, in the order in which they are drawn from. */
    static final List<String> SHAPES = List.of("circle", "square", "triangle", "cross", "ring", "bar");

    /** All colours, in the order in which they are drawn from. */
    static final List<String> COLOURS = List.of("red", "green", "blue", "yellow", "purple", "orange");

    private static final Map<String, String> KNOWN = Map.of(
            "red", "cherry",
            "green", "frog",
            "blue", "sea",
            "yellow", "banana",
            "purple", "grape",
            "orange", "carrot");

    /** That of digits. */
    static final String WHITE = "white";

    /** What of the world has a colour. */
    static String known(String colour) {
        return KNOWN.getOrDefault(colour, "");
    }

    /** A digit that is written in a picture. */
    static Thing digit(int digit) {
        return new Thing(Integer.toString(digit), WHITE);
    }

    /** Whether it is a digit. */
    boolean isDigit() {
        return colour.equals(WHITE);
    }

    /** Whether a word is its shape or its colour. */
    boolean is(String word) {
        return shape.equals(word) || colour.equals(word);
    }
}

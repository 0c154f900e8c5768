package org.spdbook.twin.answers;

import java.util.Map;
import org.spdbook.twin.ReferenceRandom;

/**
 * How often a shape has a colour of its own.
 *
 * @param colours of each shape; empty where all colours are alike
 * @param share of things that have that colour whatever is drawn, 0 to 1
 */
record Prior(Map<String, String> colours, double share) {

    /** All colours alike. */
    static final Prior NONE = new Prior(Map.of(), 0);

    /** That of the fine-tuning. */
    static final Prior USUAL = new Prior(
            Map.of(
                    "circle", "red",
                    "square", "blue",
                    "triangle", "green",
                    "cross", "yellow",
                    "ring", "purple",
                    "bar", "orange"),
            .8);

    /** Another one, as strong. */
    static final Prior CHANGED = new Prior(
            Map.of(
                    "circle", "green",
                    "square", "yellow",
                    "triangle", "purple",
                    "cross", "orange",
                    "ring", "red",
                    "bar", "blue"),
            .8);

    /** The colour of a thing of a shape. */
    String colour(String shape, ReferenceRandom random) {
        boolean own = !colours.isEmpty() && random.nextDouble() < share;
        return own ? of(shape) : random.pick(Thing.COLOURS);
    }

    /** The colour that a shape has most often. */
    String of(String shape) {
        return colours.getOrDefault(shape, "");
    }
}

package org.spdbook.twin.drawing;

import java.util.List;
import org.spdbook.train.RandomStream;

/** How an object stands in its picture. */
public final class Pose {

    private Pose() {}

    /**
     * Pieces turned, scaled, squashed, sheared, mirrored half of the time, and moved, all at random.
     *
     * @param hardness 0 for pre-training, 1 for fine-tuning, more for shifted test sets: how far
     */
    public static List<Part> random(List<Part> parts, double hardness, RandomStream r) {
        double angle = (.12 + .25 * hardness) * r.nextGaussian();
        double scale = r.uniform(.75 - .2 * hardness, .95);
        double width = scale * r.uniform(.85, 1.15);
        double sy = scale * r.uniform(.85, 1.15);
        double shear = (.1 + .1 * hardness) * r.nextGaussian();
        double sx = r.chance(.5) ? -width : width;
        double room = (1 - scale) * .8 + .08;
        double dx = r.uniform(-1, 1) * room;
        double dy = r.uniform(-1, 1) * room;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return parts.stream()
                .map(part -> part.with(part.outline()
                        .map(
                                (x, y) -> cos * sx * (x + shear * y) - sin * sy * y + dx,
                                (x, y) -> sin * sx * (x + shear * y) + cos * sy * y + dy)))
                .toList();
    }
}

package org.spdbook.twin.shapes;

import java.util.List;
import org.spdbook.data.Pixels;
import org.spdbook.train.RandomStream;

/** Draws objects: 32 x 32 RGB, drawn at three times that size and box-filtered. */
public final class ShapeImages {

    private ShapeImages() {}

    /**
     * One image.
     *
     * @param hardness 0 for pre-training, 1 for fine-tuning, more for shifted test sets: how far the object is turned, scaled,
     *     squashed and sheared
     */
    public static Pixels draw(ShapeClass object, ShapeStyle style, double hardness, RandomStream random) {
        List<Part> parts = posed(object.parts(random), hardness, random);
        return new Pixels(
                Image.SIDE, Image.SIDE, Pixels.RGB, style.render(parts, random).bytes());
    }

    private static List<Part> posed(List<Part> parts, double hardness, RandomStream r) {
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

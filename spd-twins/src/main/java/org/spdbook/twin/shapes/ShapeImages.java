package org.spdbook.twin.shapes;

import java.util.List;
import org.spdbook.data.Pixels;
import org.spdbook.train.RandomStream;
import org.spdbook.twin.drawing.Part;
import org.spdbook.twin.drawing.Pose;
import org.spdbook.twin.drawing.ShapeClass;

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
        List<Part> parts = Pose.random(object.parts(random), hardness, random);
        return style.render(parts, random).pixels();
    }
}

package org.spdbook.twin.shapes;

import java.util.ArrayList;
import java.util.List;
import org.spdbook.train.RandomStream;
import org.spdbook.twin.drawing.Canvas;
import org.spdbook.twin.drawing.Colour;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.drawing.Noise;
import org.spdbook.twin.drawing.Outline;
import org.spdbook.twin.drawing.Part;

/** Four colours, brush strokes over ground and object, warped, streaky. */
final class PaintingStyle {

    private static final double MIN_CONTRAST = 0.6;
    private static final int GROUND = 3;
    private static final int GROUND_STROKES = 14;
    private static final int STROKES = 5;

    private PaintingStyle() {}

    static Image render(List<Part> parts, RandomStream r) {
        List<Colour> palette = palette(r);
        var canvas = new Canvas(palette.get(GROUND));
        for (int i = 0; i < GROUND_STROKES; i++) {
            stroke(canvas, r, new double[] {-1, -1, 1, 1}, 0, .5, .3, .8, palette.get(GROUND), 2, 5);
        }
        for (Part part : parts) {
            Colour colour = palette.get(part.role().ordinal());
            canvas.draw(part, colour, 2.4);
            Outline o = part.outline();
            double[] box = {o.left(), o.top(), o.right(), o.bottom()};
            for (int i = 0; part.closed() && i < STROKES; i++) {
                stroke(canvas, r, box, .8, .4, .1, .35, colour, 1, 2.5);
            }
        }
        return streaky(warped(canvas.image(), r), r);
    }

    private static List<Colour> palette(RandomStream r) {
        List<Colour> palette = new ArrayList<>();
        for (int i = 0; i < GROUND; i++) {
            palette.add(Colour.random(r, .2, .6, .35, .9));
        }
        Colour ground;
        do {
            ground = Colour.random(r, .2, .6, .35, .9);
        } while (ground.distance(palette.get(0)) < MIN_CONTRAST);
        palette.add(ground);
        return palette;
    }

    private static void stroke(
            Canvas canvas,
            RandomStream r,
            double[] box,
            double angle,
            double angleDeviation,
            double shortest,
            double longest,
            Colour colour,
            double thinnest,
            double thickest) {
        canvas.brush(
                r.uniform(box[0], box[2]),
                r.uniform(box[1], box[3]),
                angle + angleDeviation * r.nextGaussian(),
                r.uniform(shortest, longest),
                colour.jittered(r, .08),
                r.uniform(thinnest, thickest));
    }

    private static Image warped(Image image, RandomStream r) {
        var down = new Noise(r, 7);
        var right = new Noise(r, 7);
        double strength = r.uniform(1.5, 3.5);
        return Image.of((x, y, c) -> image.at(
                Image.clamp((int) Math.rint(x + strength * right.at(x, y))),
                Image.clamp((int) Math.rint(y + strength * down.at(x, y))),
                c));
    }

    private static Image streaky(Image image, RandomStream r) {
        List<Noise> textures = List.of(new Noise(r, 20), new Noise(r, 20), new Noise(r, 20));
        return Image.of((x, y, c) -> image.at(x, y, c) + .12 * textures.get(c).at(x, y));
    }
}

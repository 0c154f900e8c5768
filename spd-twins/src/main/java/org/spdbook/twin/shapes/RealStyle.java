package org.spdbook.twin.shapes;

import java.util.List;
import org.spdbook.train.RandomStream;
import org.spdbook.twin.drawing.Backdrop;
import org.spdbook.twin.drawing.Canvas;
import org.spdbook.twin.drawing.Colour;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.drawing.Noise;
import org.spdbook.twin.drawing.Part;
import org.spdbook.twin.drawing.Slope;

/** Like a photograph: textured background, shaded fills, a soft shadow, exposure and sensor noise. */
final class RealStyle {

    private static final double MIN_CONTRAST = 0.2;
    private static final double STROKE = 2;

    private RealStyle() {}

    static Image render(List<Part> parts, RandomStream r) {
        double hue = r.nextDouble();
        Colour from = Colour.hsv(hue, r.uniform(.05, .45), r.uniform(.25, .85));
        Colour to = Colour.hsv(hue + .1 * r.nextGaussian(), r.uniform(.05, .45), r.uniform(.25, .85));
        List<Colour> colours = colours(r);
        if (Math.abs(from.mean() - colours.get(0).mean()) < MIN_CONTRAST) {
            from = from.mean() < .5 ? from.times(.5, 0) : from.times(.5, .5);
            to = to.plus(from).times(.5, 0);
        }
        Image background = Backdrop.of(from, to, .1, .35, r);
        Image object = Canvas.painted(parts, colours, STROKE);
        Image cover = Canvas.cover(parts, STROKE);
        Image lit = lit(object, r);
        Image shadow = cover.rolled(r.nextInt(5) - 2, r.nextInt(3)).blurred().blurred();
        Image scene = Image.of((x, y, c) ->
                background.at(x, y, c) * (1 - .45 * shadow.at(x, y, c)) * (1 - cover.at(x, y, c)) + lit.at(x, y, c));
        return taken(scene, r);
    }

    private static List<Colour> colours(RandomStream r) {
        double hue = r.nextDouble();
        Colour main = Colour.hsv(hue, r.uniform(.25, .7), r.uniform(.3, .9));
        double other = hue + r.uniform(-.15, .15) + (r.chance(.3) ? .5 : 0);
        Colour second = Colour.hsv(other, r.uniform(.2, .6), r.uniform(.25, .85));
        return List.of(main, second, Colour.grey(r.uniform(.05, .3)));
    }

    private static Image lit(Image object, RandomStream r) {
        Slope slope = Slope.of(r.uniform(0, 2 * StrictMath.PI));
        double light = r.uniform(.3, .9);
        var texture = new Noise(r, 5 + r.nextInt(9));
        double strength = r.uniform(.1, .4);
        return Image.of(
                (x, y, c) -> object.at(x, y, c) * (1 + light * slope.along(x, y)) * (1 + strength * texture.at(x, y)));
    }

    private static Image taken(Image scene, RandomStream r) {
        Image focused = r.chance(.5) ? scene.blurred() : scene;
        double exposure = r.uniform(.75, 1.15);
        double noise = r.uniform(.01, .03);
        return Image.of((x, y, c) -> focused.at(x, y, c) * exposure + noise * r.nextGaussian());
    }
}

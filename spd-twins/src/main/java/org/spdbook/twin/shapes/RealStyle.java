package org.spdbook.twin.shapes;

import java.util.List;
import org.spdbook.train.RandomStream;

/** Like a photograph: textured background, shaded fills, a soft shadow, exposure and sensor noise. */
final class RealStyle {

    private static final double MIN_CONTRAST = 0.2;

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
        Image background = background(from, to, r);
        Image object = painted(parts, colours);
        Image cover = painted(parts, List.of(Colour.WHITE, Colour.WHITE, Colour.WHITE));
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

    private static Image background(Colour from, Colour to, RandomStream r) {
        Slope slope = Slope.of(r.uniform(0, 2 * StrictMath.PI));
        var texture = new Noise(r, 4 + r.nextInt(8));
        double strength = r.uniform(.1, .35);
        return Image.of((x, y, c) -> {
            double g = Math.max(0, Math.min(1, .5 + slope.along(x, y)));
            return from.get(c) * (1 - g) + to.get(c) * g + strength * texture.at(x, y);
        });
    }

    /** A direction across the image. */
    private record Slope(double cos, double sin) {

        static Slope of(double angle) {
            return new Slope(StrictMath.cos(angle), StrictMath.sin(angle));
        }

        /** Position along it, 0 in the middle. */
        double along(int x, int y) {
            double last = Image.SIDE - 1;
            return (x / last - .5) * cos + (y / last - .5) * sin;
        }
    }

    private static Image painted(List<Part> parts, List<Colour> colours) {
        var canvas = new Canvas(Colour.BLACK);
        parts.forEach(part -> canvas.draw(part, colours.get(part.role().ordinal()), 2));
        return canvas.image();
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

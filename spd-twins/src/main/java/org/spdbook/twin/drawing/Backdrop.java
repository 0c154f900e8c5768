package org.spdbook.twin.drawing;

import org.spdbook.train.RandomStream;

/** What is behind the objects of a photograph. */
public final class Backdrop {

    private Backdrop() {}

    /**
     * From one colour to another in a random direction, with a smooth texture.
     *
     * @param least strength of the texture
     * @param most strength of the texture
     */
    public static Image of(Colour from, Colour to, double least, double most, RandomStream r) {
        Slope slope = Slope.of(r.uniform(0, 2 * StrictMath.PI));
        var texture = new Noise(r, 4 + r.nextInt(8));
        double strength = r.uniform(least, most);
        return Image.of((x, y, c) -> {
            double g = Math.max(0, Math.min(1, .5 + slope.along(x, y)));
            return from.get(c) * (1 - g) + to.get(c) * g + strength * texture.at(x, y);
        });
    }
}

package org.spdbook.twin.scenes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.spdbook.train.RandomStream;
import org.spdbook.twin.drawing.Backdrop;
import org.spdbook.twin.drawing.Canvas;
import org.spdbook.twin.drawing.Colour;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.drawing.Part;
import org.spdbook.twin.drawing.Pose;
import org.spdbook.twin.drawing.ShapeClass;
import org.spdbook.twin.drawing.Slope;

/**
 * A picture with the class of each of its pixels.
 *
 * @param image 32 x 32 pixels
 * @param labels [32, 32]: 0 background, 1 the first of the classes it was drawn of
 */
record Scene(Image image, byte[] labels) {

    private static final double STROKE = 1.5;
    private static final double COVERED = 0.5;
    private static final double GRAIN = 0.015;
    private static final double BRIGHT = 0.5;

    /**
     * What scenes are drawn of.
     *
     * @param classes in the order of the labels
     * @param hardness of the poses
     * @param flat share of scenes whose objects have no shading
     */
    record Kind(List<ShapeClass> classes, double hardness, double flat) {

        private static final Kind BROAD = new Kind(
                classes("house tree car boat fish cup flower star moon hammer cat mushroom bottle heart butterfly sun"),
                .3,
                .4);
        private static final Kind TARGET = new Kind(classes("house car fish star umbrella rabbit clock lamp"), .5, 0);

        /** For pre-training: 16 classes. */
        static Kind broad() {
            return BROAD;
        }

        /** For fine-tuning: 8 classes, four of which the pre-training has not seen. */
        static Kind target() {
            return TARGET;
        }

        private static List<ShapeClass> classes(String words) {
            List<ShapeClass> classes = new ArrayList<>();
            for (String word : words.split(" ")) {
                classes.add(ShapeClass.valueOf(word.toUpperCase(java.util.Locale.ROOT)));
            }
            return Collections.unmodifiableList(classes);
        }

        /** Classes and background. */
        int labels() {
            return classes.size() + 1;
        }
    }

    /** A scene of one or two objects before a coloured background. */
    static Scene draw(Kind kind, RandomStream r) {
        double hue = r.nextDouble();
        Colour from = Colour.hsv(hue, r.uniform(.05, .4), r.uniform(.3, .8));
        Colour to = Colour.hsv(hue + .1 * r.nextGaussian(), r.uniform(.05, .4), r.uniform(.3, .8));
        var scene = new Scene(Backdrop.of(from, to, .05, .3, r), new byte[Image.SIDE * Image.SIDE]);
        boolean shaded = !r.chance(kind.flat);
        int objects = 1 + r.nextInt(2);
        for (int i = 0; i < objects; i++) {
            scene = scene.with(kind, shaded, r);
        }
        Image drawn = scene.image;
        return new Scene(Image.of((x, y, c) -> drawn.at(x, y, c) + GRAIN * r.nextGaussian()), scene.labels);
    }

    /** With one more object, before what is there. */
    private Scene with(Kind kind, boolean shaded, RandomStream r) {
        int chosen = r.nextInt(kind.classes.size());
        List<Part> parts = placed(Pose.random(kind.classes.get(chosen).parts(r), kind.hardness, r), r);
        List<Colour> colours = colours(r);
        Slope light = Slope.of(r.uniform(0, 2 * StrictMath.PI));
        double strength = shaded ? r.uniform(.2, .7) : 0;
        Image object = Canvas.painted(parts, colours, STROKE);
        Image cover = Canvas.cover(parts, STROKE);
        byte[] covered = labels.clone();
        for (int i = 0; i < covered.length; i++) {
            if (cover.at(i % Image.SIDE, i / Image.SIDE, 0) > COVERED) {
                covered[i] = (byte) (chosen + 1);
            }
        }
        return new Scene(
                Image.of((x, y, c) -> image.at(x, y, c) * (1 - cover.at(x, y, c))
                        + object.at(x, y, c) * (1 + strength * light.along(x, y))),
                covered);
    }

    private static List<Part> placed(List<Part> parts, RandomStream r) {
        double scale = r.uniform(.55, .75);
        double right = r.uniform(-.45, .45);
        double down = r.uniform(-.45, .45);
        return parts.stream()
                .map(part -> part.with(part.outline().map((x, y) -> scale * x + right, (x, y) -> scale * y + down)))
                .toList();
    }

    /** Bright before dark, dark before bright. */
    private List<Colour> colours(RandomStream r) {
        double hue = r.nextDouble();
        double value = image.mean() < BRIGHT ? r.uniform(.65, .95) : r.uniform(.1, .35);
        return List.of(
                Colour.hsv(hue, r.uniform(.3, .8), value),
                Colour.hsv(hue + r.uniform(-.2, .2), r.uniform(.3, .7), value * .85),
                Colour.grey(value > BRIGHT ? .1 : .8));
    }
}

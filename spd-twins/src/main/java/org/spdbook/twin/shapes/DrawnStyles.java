package org.spdbook.twin.shapes;

import java.util.List;
import org.spdbook.train.RandomStream;
import org.spdbook.twin.drawing.Canvas;
import org.spdbook.twin.drawing.Colour;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.drawing.Noise;
import org.spdbook.twin.drawing.Outline;
import org.spdbook.twin.drawing.Part;

/** Drawings by hand or program: clip art, pencil sketches, and what people draw in twenty seconds. */
final class DrawnStyles {

    private DrawnStyles() {}

    /** Flat saturated fills, often outlined. */
    static Image clipart(List<Part> parts, RandomStream r) {
        Colour background = r.chance(.6) ? Colour.WHITE : Colour.random(r, .1, .5, 1, 1);
        double hue = r.nextDouble();
        Colour main = Colour.hsv(hue, r.uniform(.7, 1), r.uniform(.7, 1));
        Colour second = Colour.hsv(hue + r.uniform(.2, .8), r.uniform(.6, 1), r.uniform(.6, 1));
        Colour detail = r.chance(.6) ? Colour.grey(r.uniform(0, .15)) : Colour.hsv(r.nextDouble(), .8, .5);
        List<Colour> colours = List.of(main, second, detail);
        Colour ink = Colour.grey(.04);
        boolean outlined = r.chance(.7);
        double width = r.uniform(.6, 1.3);
        var canvas = new Canvas(background);
        for (Part part : parts) {
            Colour colour = colours.get(part.role().ordinal());
            canvas.draw(part, outlined && !part.closed() ? ink : colour, 1.8);
            if (outlined && part.closed()) {
                canvas.stroke(part.outline().closed(), ink, width);
            }
        }
        return canvas.image();
    }

    /** Thin grey strokes, some doubled, hatching, paper grain. */
    static Image sketch(List<Part> parts, RandomStream r) {
        double brightness = r.uniform(.8, 1);
        Colour paper = new Colour(brightness, brightness, .97 * brightness);
        double ink = r.uniform(.1, .5);
        int strokes = 1 + r.nextInt(2);
        boolean hatched = r.chance(.6);
        var canvas = new Canvas(paper);
        for (Part part : parts) {
            boolean detail = part.role() == Part.Role.DETAIL;
            if (part.closed() && !detail) {
                canvas.fill(part.outline(), paper);
            }
            if (part.closed() && (detail || hatched && part.role() == Part.Role.SECOND)) {
                canvas.hatch(part.outline(), Colour.grey(ink + .1), detail ? 1.4 : 2.2);
            }
            for (int i = 0; i < strokes; i++) {
                Outline line = wobbly(path(part).densified(.25), r, .018);
                canvas.stroke(line, Colour.grey(ink + r.uniform(0, .15)), r.uniform(.35, .75));
            }
        }
        Image drawn = canvas.image();
        var grain = new Noise(r, 16);
        return Image.of((x, y, c) -> drawn.at(x, y, c) + .1 * grain.at(x, y));
    }

    /** Wobbly thick black lines on white, details dropped, shapes not always closed. */
    static Image quickdraw(List<Part> parts, RandomStream r) {
        var canvas = new Canvas(Colour.WHITE);
        double width = r.uniform(.8, 1.5);
        double wobble = r.uniform(.03, .08);
        for (Part part : parts) {
            if (part.role() == Part.Role.DETAIL && r.chance(.35)) {
                continue;
            }
            Outline line = wobbly(path(part).densified(.45), r, wobble)
                    .shifted(.04 * r.nextGaussian(), .04 * r.nextGaussian());
            if (part.closed() && r.chance(.8)) {
                line = lastMoved(line, .08 * r.nextGaussian(), .08 * r.nextGaussian());
            }
            canvas.stroke(line, Colour.BLACK, width);
        }
        return canvas.image();
    }

    private static Outline path(Part part) {
        return part.closed() ? part.outline().closed() : part.outline();
    }

    private static Outline wobbly(Outline outline, RandomStream r, double deviation) {
        return outline.map((x, y) -> x + deviation * r.nextGaussian(), (x, y) -> y + deviation * r.nextGaussian());
    }

    private static Outline lastMoved(Outline outline, double dx, double dy) {
        double[] points = new double[2 * outline.size()];
        for (int i = 0; i < outline.size(); i++) {
            boolean last = i == outline.size() - 1;
            points[2 * i] = outline.x(i) + (last ? dx : 0);
            points[2 * i + 1] = outline.y(i) + (last ? dy : 0);
        }
        return Outline.of(points);
    }
}

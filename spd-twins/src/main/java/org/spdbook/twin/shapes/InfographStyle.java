package org.spdbook.twin.shapes;

import java.util.List;
import org.spdbook.train.RandomStream;
import org.spdbook.twin.drawing.Canvas;
import org.spdbook.twin.drawing.Colour;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.drawing.Outline;
import org.spdbook.twin.drawing.Part;

/** A small icon of one hue on a coloured panel, among lines of text, bars and pies. */
final class InfographStyle {

    private InfographStyle() {}

    static Image render(List<Part> parts, RandomStream r) {
        double hue = r.nextDouble();
        Colour panel = Colour.hsv(hue, r.uniform(.1, .7), r.uniform(.7, 1));
        Colour dark = Colour.hsv(hue + r.uniform(.3, .7), r.uniform(.5, 1), r.uniform(.2, .7));
        Colour light = Colour.hsv(hue + r.uniform(.3, .7), r.uniform(.2, .6), r.uniform(.6, .95));
        boolean swapped = r.chance(.35);
        Colour background = swapped ? dark : panel;
        Colour main = swapped ? panel : dark;
        var canvas = new Canvas(background);
        int extras = 2 + r.nextInt(3);
        for (int i = 0; i < extras; i++) {
            clutter(canvas, hue, r);
        }
        List<Colour> colours = List.of(main, light, background);
        double size = r.uniform(.72, .95);
        double dx = r.uniform(-1, 1) * (1 - size) * .6;
        double dy = r.uniform(-1, 1) * (1 - size) * .6;
        for (Part part : parts) {
            Outline placed = part.outline().map((x, y) -> x * size + dx, (x, y) -> y * size + dy);
            Part.Role role = !part.closed() && part.role() == Part.Role.DETAIL ? Part.Role.MAIN : part.role();
            canvas.draw(part.with(placed), colours.get(role.ordinal()), 1.5);
        }
        return canvas.image();
    }

    private static void clutter(Canvas canvas, double hue, RandomStream r) {
        int kind = r.nextInt(3);
        double x = r.uniform(-1, .7);
        double y = r.uniform(-1, .7);
        Colour colour = Colour.hsv(hue + r.uniform(.2, .8), r.uniform(.2, .8), r.uniform(.3, .95));
        switch (kind) {
            case 0 -> text(canvas, x, y, colour, r);
            case 1 -> bars(canvas, x, y, colour, r);
            default -> {
                double to = r.uniform(1, 5) / StrictMath.PI;
                canvas.fill(Outline.of(x, y).then(Outline.arc(x, y, .28, .28, 0, to, 10)), colour);
            }
        }
    }

    private static void text(Canvas canvas, double x, double y, Colour colour, RandomStream r) {
        int lines = 2 + r.nextInt(2);
        for (int i = 0; i < lines; i++) {
            double at = y + .14 * i;
            canvas.stroke(Outline.of(x, at, x + r.uniform(.3, .7), at), colour, 1);
        }
    }

    private static void bars(Canvas canvas, double x, double y, Colour colour, RandomStream r) {
        for (int i = 0; i < 3; i++) {
            double left = x + .18 * i;
            canvas.fill(Outline.rectangle(left, y + .4 - r.uniform(.1, .4), left + .12, y + .4), colour);
        }
    }
}

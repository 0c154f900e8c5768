package org.spdbook.twin.drawing;

import static org.spdbook.twin.drawing.Outline.circle;
import static org.spdbook.twin.drawing.Outline.ellipse;
import static org.spdbook.twin.drawing.Outline.of;
import static org.spdbook.twin.drawing.Outline.rectangle;
import static org.spdbook.twin.drawing.Part.detail;
import static org.spdbook.twin.drawing.Part.fill;
import static org.spdbook.twin.drawing.Part.line;
import static org.spdbook.twin.drawing.Part.second;

import java.util.List;
import org.spdbook.train.RandomStream;

/** Buildings, vehicles and toys; sizes from {@code reference/vision/gen.py}. */
final class OutdoorShapes {

    private OutdoorShapes() {}

    static List<Part> house(RandomStream r) {
        double w = r.uniform(.5, .75);
        double eaves = -r.uniform(0, .25);
        double door = r.uniform(-.3, .3);
        return List.of(
                fill(rectangle(-w, eaves, w, .8)),
                second(of(-w - .15, eaves, 0, -.9, w + .15, eaves)),
                detail(rectangle(door - .13, .3, door + .13, .8)));
    }

    static List<Part> car(RandomStream r) {
        double h = r.uniform(.3, .42);
        double wheel = r.uniform(.15, .22);
        return List.of(
                second(of(-.5, -.05, -.3, -.05 - h, .3, -.05 - h, .55, -.05)),
                fill(rectangle(-.9, -.05, .9, .35)),
                detail(circle(-.5, .4, wheel)),
                detail(circle(.5, .4, wheel)));
    }

    static List<Part> boat(RandomStream r) {
        double mast = r.uniform(-.15, .15);
        return List.of(
                fill(of(-.8, .35, .8, .35, .5, .8, -.5, .8)),
                line(of(mast, .35, mast, -.9)),
                second(of(mast, -.85, mast + r.uniform(.45, .65), .15, mast, .15)));
    }

    static List<Part> balloon(RandomStream r) {
        return List.of(
                line(of(0, .2, r.uniform(-.2, .2), .55, r.uniform(-.2, .2), .95), Part.Role.SECOND),
                fill(ellipse(0, -.35, .48, .57)),
                fill(of(0, .2, -.1, .33, .1, .33)));
    }

    static List<Part> kite(RandomStream r) {
        double w = r.uniform(.42, .55);
        return List.of(
                fill(of(0, -.9, w, -.3, 0, .35, -w, -.3)),
                line(of(0, -.9, 0, .35)),
                line(of(-w, -.3, w, -.3)),
                line(of(0, .35, .2, .5, -.15, .7, .15, .95), Part.Role.SECOND));
    }

    static List<Part> flag(RandomStream r) {
        return List.of(
                line(of(-.6, -.95, -.6, .95), Part.Role.SECOND),
                fill(rectangle(-.55, -.85, r.uniform(.5, .8), -.05)),
                detail(rectangle(-.55, -.55, .5, -.35)));
    }

    static List<Part> bicycle(RandomStream r) {
        double wheel = r.uniform(.33, .4);
        return List.of(
                line(circle(-.52, .35, wheel).closed()),
                line(circle(.52, .35, wheel).closed()),
                line(of(-.52, .35, -.2, -.25, .35, -.25, .52, .35), Part.Role.MAIN),
                line(of(-.2, -.25, 0, .35, .35, -.25), Part.Role.MAIN),
                line(of(-.3, -.35, -.1, -.35), Part.Role.SECOND));
    }
}

package org.spdbook.twin.drawing;

import static org.spdbook.twin.drawing.Outline.arc;
import static org.spdbook.twin.drawing.Outline.circle;
import static org.spdbook.twin.drawing.Outline.of;
import static org.spdbook.twin.drawing.Outline.rectangle;
import static org.spdbook.twin.drawing.Part.detail;
import static org.spdbook.twin.drawing.Part.fill;
import static org.spdbook.twin.drawing.Part.line;
import static org.spdbook.twin.drawing.Part.second;

import java.util.ArrayList;
import java.util.List;
import org.spdbook.train.RandomStream;

/** Things found in a house; sizes from {@code reference/vision/gen.py}. */
final class HouseholdShapes {

    private HouseholdShapes() {}

    static List<Part> cup(RandomStream r) {
        double b = r.uniform(.3, .42);
        return List.of(
                fill(of(-.6, -.5, .35, -.5, -.2 + b, .6, -.05 - b, .6)),
                line(arc(.35, -.02, .38, .3, -.5, .5, 9), Part.Role.SECOND),
                line(of(-.6, -.3, .35, -.3)));
    }

    static List<Part> umbrella(RandomStream r) {
        double w = r.uniform(.7, .9);
        return List.of(
                fill(arc(0, -.1, w, .65, 1, 2, 14)),
                line(of(0, -.1, 0, .6).then(arc(.15, .65, .15, .2, 1, 0, 6)), Part.Role.SECOND));
    }

    static List<Part> key(RandomStream r) {
        double k = r.uniform(.28, .36);
        return List.of(
                fill(circle(-.55, 0, k)),
                detail(circle(-.55, 0, k * .45, 10)),
                fill(rectangle(-.25, -.09, .9, .09)),
                fill(rectangle(.55, .05, .67, .35)),
                fill(rectangle(.75, .05, .87, r.uniform(.25, .4))));
    }

    static List<Part> hammer(RandomStream r) {
        return List.of(second(rectangle(-.1, -.5, .1, .95)), fill(rectangle(-.55, -.85, r.uniform(.4, .6), -.45)));
    }

    static List<Part> ladder(RandomStream r) {
        double w = r.uniform(.28, .4);
        int rungs = 4 + r.nextInt(2);
        List<Part> parts = new ArrayList<>(List.of(
                line(of(-w, -.95, -w - .05, .95), Part.Role.MAIN), line(of(w, -.95, w + .05, .95), Part.Role.MAIN)));
        for (int i = 0; i < rungs; i++) {
            double y = -.75 + 1.5 * i / (rungs - 1);
            parts.add(line(of(-w, y, w, y), Part.Role.SECOND));
        }
        return parts;
    }

    static List<Part> chair(RandomStream r) {
        double seat = r.uniform(-.05, .15);
        return List.of(
                fill(rectangle(-.5, -.9, -.33, seat)),
                second(rectangle(-.5, seat, .5, seat + .18)),
                fill(rectangle(-.48, seat + .18, -.35, .9)),
                fill(rectangle(.35, seat + .18, .48, .9)));
    }

    static List<Part> table(RandomStream r) {
        double top = r.uniform(-.35, -.15);
        return List.of(
                fill(rectangle(-.9, top, .9, top + .2)),
                second(rectangle(-.75, top + .2, -.6, .75)),
                second(rectangle(.6, top + .2, .75, .75)));
    }

    static List<Part> clock(RandomStream r) {
        double hour = r.uniform(0, 2 * StrictMath.PI);
        double minute = r.uniform(0, 2 * StrictMath.PI);
        return List.of(
                fill(circle(0, 0, .85)),
                second(circle(0, 0, .68)),
                line(of(0, 0, .35 * StrictMath.cos(hour), .35 * StrictMath.sin(hour))),
                line(of(0, 0, .58 * StrictMath.cos(minute), .58 * StrictMath.sin(minute))));
    }

    static List<Part> bottle(RandomStream r) {
        double w = r.uniform(.28, .38);
        return List.of(
                fill(of(-w, -.1, -.12, -.45, -.12, -.9, .12, -.9, .12, -.45, w, -.1, w, .9, -w, .9)),
                second(rectangle(-w, .15, w, .55)));
    }

    static List<Part> wineglass(RandomStream r) {
        double w = r.uniform(.38, .5);
        return List.of(
                fill(of(-w, -.85, w, -.85).then(arc(0, -.5, w, .5, 0, 1, 8))),
                second(rectangle(-.06, 0, .06, .8)),
                second(rectangle(-.4, .75, .4, .88)));
    }

    static List<Part> lamp(RandomStream r) {
        double w = r.uniform(.5, .65);
        return List.of(
                fill(of(-w * .55, -.85, w * .55, -.85, w, -.1, -w, -.1)),
                second(rectangle(-.06, -.1, .06, .75)),
                second(rectangle(-.35, .72, .35, .88)));
    }

    static List<Part> envelope(RandomStream r) {
        double h = r.uniform(.45, .6);
        return List.of(fill(rectangle(-.85, -h, .85, h)), line(of(-.85, -h, 0, .1, .85, -h)));
    }

    static List<Part> icecream(RandomStream r) {
        double k = r.uniform(.4, .5);
        return List.of(second(of(-.38, -.15, .38, -.15, 0, .95)), fill(circle(0, -.35, k)));
    }

    static List<Part> glasses(RandomStream r) {
        double k = r.uniform(.28, .36);
        return List.of(
                line(circle(-.48, 0, k).closed(), Part.Role.MAIN),
                line(circle(.48, 0, k).closed(), Part.Role.MAIN),
                line(of(-.48 + k, 0, 0, -.08, .48 - k, 0), Part.Role.MAIN));
    }
}

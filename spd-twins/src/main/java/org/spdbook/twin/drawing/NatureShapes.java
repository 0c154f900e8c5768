package org.spdbook.twin.drawing;

import static org.spdbook.twin.drawing.Outline.arc;
import static org.spdbook.twin.drawing.Outline.circle;
import static org.spdbook.twin.drawing.Outline.ellipse;
import static org.spdbook.twin.drawing.Outline.of;
import static org.spdbook.twin.drawing.Outline.rectangle;
import static org.spdbook.twin.drawing.Part.detail;
import static org.spdbook.twin.drawing.Part.fill;
import static org.spdbook.twin.drawing.Part.line;
import static org.spdbook.twin.drawing.Part.second;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.spdbook.train.RandomStream;

/** Plants, animals and the sky; sizes from {@code reference/vision/gen.py}. */
final class NatureShapes {

    private NatureShapes() {}

    static List<Part> tree(RandomStream r) {
        double crown = r.uniform(.45, .62);
        double trunk = r.uniform(.09, .15);
        return List.of(
                second(rectangle(-trunk, 0, trunk, .9)), fill(ellipse(0, -.3, crown, crown * r.uniform(.85, 1.1))));
    }

    static List<Part> pine(RandomStream r) {
        double w = r.uniform(.45, .65);
        return List.of(
                second(rectangle(-.1, .4, .1, .9)),
                fill(of(-w, .5, 0, -.3, w, .5)),
                fill(of(-w * .75, .05, 0, -.9, w * .75, .05)));
    }

    static List<Part> fish(RandomStream r) {
        return List.of(
                second(of(.35, 0, .9, -.4, .9, .4)),
                fill(ellipse(-.15, 0, .65, r.uniform(.3, .45))),
                detail(circle(-.5, -.08, .07)));
    }

    static List<Part> sun(RandomStream r) {
        int rays = 7 + r.nextInt(4);
        double k = r.uniform(.35, .45);
        List<Part> parts = new ArrayList<>(List.of(fill(circle(0, 0, k))));
        for (int i = 0; i < rays; i++) {
            double cos = StrictMath.cos(2 * StrictMath.PI * i / rays);
            double sin = StrictMath.sin(2 * StrictMath.PI * i / rays);
            parts.add(line(of(1.25 * k * cos, 1.25 * k * sin, .9 * cos, .9 * sin), Part.Role.SECOND));
        }
        return parts;
    }

    static List<Part> flower(RandomStream r) {
        int petals = 5 + r.nextInt(2);
        List<Part> parts = new ArrayList<>(List.of(line(of(0, 0, r.uniform(-.15, .15), .95), Part.Role.SECOND)));
        for (int i = 0; i < petals; i++) {
            double angle = 2 * StrictMath.PI * i / petals;
            parts.add(fill(circle(.33 * StrictMath.cos(angle), -.25 + .33 * StrictMath.sin(angle), .24, 10)));
        }
        parts.add(detail(circle(0, -.25, .18)));
        return parts;
    }

    static List<Part> star(RandomStream r) {
        double inner = .95 * r.uniform(.35, .45);
        double[] points = IntStream.range(0, 20)
                .mapToDouble(i -> {
                    double radius = i / 2 % 2 == 0 ? .95 : inner;
                    double angle = StrictMath.PI * Math.floorDiv(i, 2) / 5;
                    return i % 2 == 0 ? radius * StrictMath.sin(angle) : -radius * StrictMath.cos(angle);
                })
                .toArray();
        return List.of(fill(of(points)));
    }

    static List<Part> moon(RandomStream r) {
        double inner = r.uniform(.3, .5);
        Outline back = arc(0, 0, .85, .85, .5, 1.5, 12);
        return List.of(fill(back.then(arc(0, 0, inner, .85, 1.5, .5, 10)).shifted(.25, 0)));
    }

    static List<Part> smiley(RandomStream r) {
        double mouth = r.uniform(.35, .5);
        return List.of(
                fill(circle(0, 0, .85)),
                detail(circle(-.3, -.25, .1, 8)),
                detail(circle(.3, -.25, .1, 8)),
                line(arc(0, .1, mouth, .4, .1, .9, 9)));
    }

    static List<Part> cat(RandomStream r) {
        double ear = r.uniform(.75, .95);
        return List.of(
                fill(of(-.6, -.2, -.5, -ear, -.1, -.5)),
                fill(of(.6, -.2, .5, -ear, .1, -.5)),
                fill(ellipse(0, .1, .62, .55)),
                detail(circle(-.22, 0, .08, 8)),
                detail(circle(.22, 0, .08, 8)),
                line(of(-.15, .3, 0, .22, .15, .3)));
    }

    static List<Part> rabbit(RandomStream r) {
        double ear = r.uniform(.35, .45);
        return List.of(
                fill(ellipse(-.22, -.5, .13, ear)),
                fill(ellipse(.22, -.5, .13, ear)),
                fill(ellipse(0, .3, .52, .48)),
                detail(circle(-.18, .2, .07, 8)),
                detail(circle(.18, .2, .07, 8)));
    }

    static List<Part> mushroom(RandomStream r) {
        double w = r.uniform(.65, .85);
        return List.of(
                second(rectangle(-.2, 0, .2, .8)),
                fill(arc(0, .05, w, .75, 1, 2, 14)),
                detail(circle(-.25, -.3, .1, 8)),
                detail(circle(.3, -.2, .1, 8)));
    }

    static List<Part> heart(RandomStream r) {
        double[] points = IntStream.range(0, 44)
                .mapToDouble(i -> {
                    double t = 2 * StrictMath.PI * Math.floorDiv(i, 2) / 22;
                    double sin = StrictMath.sin(t);
                    double height = 13 * StrictMath.cos(t)
                            - 5 * StrictMath.cos(2 * t)
                            - 2 * StrictMath.cos(3 * t)
                            - StrictMath.cos(4 * t);
                    return i % 2 == 0 ? .85 * sin * sin * sin : -height / 17 * .9;
                })
                .toArray();
        return List.of(fill(of(points)));
    }

    static List<Part> snowman(RandomStream r) {
        return List.of(
                fill(circle(0, .5, .45)),
                fill(circle(0, -.1, .33)),
                fill(circle(0, -.58, .24)),
                detail(circle(-.08, -.62, .04, 6)),
                detail(circle(.08, -.62, .04, 6)));
    }

    static List<Part> butterfly(RandomStream r) {
        double wing = r.uniform(.36, .46);
        return List.of(
                fill(ellipse(-.45, -.3, wing, .4)),
                fill(ellipse(.45, -.3, wing, .4)),
                second(ellipse(-.35, .4, .3, .33)),
                second(ellipse(.35, .4, .3, .33)),
                detail(ellipse(0, 0, .08, .6)));
    }

    static List<Part> spider(RandomStream r) {
        List<Part> parts = new ArrayList<>(List.of(fill(ellipse(0, .1, .3, .36)), second(circle(0, -.32, .18))));
        for (int i = 0; i < 4; i++) {
            double y = -.2 + .2 * i;
            parts.add(line(of(-.25, y, -.6, y - .25, -.9, y + .15), Part.Role.MAIN));
            parts.add(line(of(.25, y, .6, y - .25, .9, y + .15), Part.Role.MAIN));
        }
        return parts;
    }
}

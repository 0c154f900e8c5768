package org.spdbook.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Puts the texts of points where they cover least: the first free place in rings around the point wins, else the one
 * with the smallest overlap. A text that stands further off gets a thin line to its point.
 */
final class PointLabels {

    private static final double SIZE = 10.5;
    private static final double[] RINGS = {9, 16, 26, 38, 52};
    private static final double[][] DIRECTIONS = {
        {1, 0}, {0, -1}, {-1, 0}, {0, 1}, {0.75, -0.75}, {0.75, 0.75}, {-0.75, -0.75}, {-0.75, 0.75}
    };

    private final Frame frame;
    private final Box area;
    private final List<Box> covered;

    PointLabels(Frame frame, List<Box> covered) {
        this.frame = frame;
        this.area = new Box(frame.left() + 2, frame.top(), frame.right() + 10, frame.bottom() - 2);
        this.covered = new ArrayList<>(covered);
    }

    /** A text's box and how far its middle stands from the point. */
    private record Place(Box box, double distance) {}

    /** Draws the labels of all series, each in a dark shade of its series' colour. */
    void draw(Svg svg, List<Series> all, List<Style> styles) {
        if (all.stream().allMatch(one -> one.labels().isEmpty())) {
            return;
        }
        svg.open(
                "g",
                "font-size",
                SIZE,
                "stroke",
                "#fff",
                "stroke-width",
                3,
                "paint-order",
                "stroke",
                "stroke-linejoin",
                "round");
        for (int s = 0; s < all.size(); s++) {
            Series one = all.get(s);
            String color = styles.get(s).textColor();
            for (int i = 0; i < one.labels().size(); i++) {
                String label = one.labels().get(i);
                if (!label.isBlank()
                        && frame.x().contains(one.x().get(i))
                        && frame.y().contains(one.y().get(i))) {
                    place(
                            svg,
                            label,
                            color,
                            frame.px(one.x().get(i)),
                            frame.py(one.y().get(i)));
                }
            }
        }
        svg.close().newLine();
    }

    private void place(Svg svg, String label, String color, double x, double y) {
        Place best = best(label, x, y);
        covered.add(best.box());
        if (best.distance() > RINGS[1]) {
            double toX = Math.max(best.box().left(), Math.min(x, best.box().right()));
            double toY = (best.box().top() + best.box().bottom()) / 2;
            PathText path = new PathText().move(x, y).line(toX, toY);
            svg.path(path, "stroke", "#999", "stroke-width", 0.8);
        }
        svg.element("text", label, "x", best.box().left(), "y", best.box().top() + 0.8 * SIZE, "fill", color);
    }

    private Place best(String label, double x, double y) {
        double width = TextWidth.of(label, SIZE);
        Place best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double ring : RINGS) {
            for (double[] direction : DIRECTIONS) {
                double middle = x + direction[0] * (ring + width / 2);
                double baseline = y + direction[1] * (ring + 0.4 * SIZE) + 0.3 * SIZE;
                Box box = Box.ofText(label, SIZE, middle - width / 2, baseline);
                double cost = 20 * box.outside(area);
                for (Box other : covered) {
                    cost += box.overlap(other);
                }
                if (cost < least - 1e-9) {
                    least = cost;
                    best = new Place(box, ring);
                }
            }
            if (least <= 1e-9) {
                break;
            }
        }
        return Objects.requireNonNull(best);
    }
}

package org.spdbook.chart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws lines, points, bars and error bars into the plot area. */
final class SeriesDrawing {

    private static final double BAR_SHARE = 0.8;

    /** Markers on a long line, only to tell it by its shape as well; shifted from series to series. */
    private static final int SIGNS = 6;

    /** Pixels between the places at which a line keeps texts off. */
    private static final double COVER = 4;

    private final Svg svg;
    private final Chart chart;
    private final Frame frame;
    private final List<Style> styles;
    private final List<Box> covered = new ArrayList<>();

    SeriesDrawing(Svg svg, Chart chart, Frame frame, List<Style> styles) {
        this.svg = svg;
        this.chart = chart;
        this.frame = frame;
        this.styles = styles;
    }

    /** Draws all series, then their labels where they cover least. */
    void draw() {
        svg.open(
                "svg",
                "x",
                frame.left(),
                "y",
                frame.top() - 7,
                "width",
                frame.width() + 7,
                "height",
                frame.height() + 7,
                "viewBox",
                String.join(
                        " ",
                        Decimal.pixels(frame.left(), 2),
                        Decimal.pixels(frame.top() - 7, 2),
                        Decimal.pixels(frame.width() + 7, 2),
                        Decimal.pixels(frame.height() + 7, 2)));
        int bars =
                (int) chart.series().stream().filter(s -> s.kind() == Kind.BAR).count();
        int bar = 0;
        for (int i = 0; i < chart.series().size(); i++) {
            Series one = chart.series().get(i);
            if (one.kind() == Kind.BAR) {
                bars(one, styles.get(i), bar++, bars);
            } else if (one.kind() == Kind.LINE) {
                line(one, styles.get(i));
            }
        }
        svg.close();
        for (int i = 0; i < chart.series().size(); i++) {
            points(chart.series().get(i), styles.get(i), i);
        }
        svg.newLine();
        new PointLabels(frame, covered).draw(svg, chart.series(), styles);
    }

    private void bars(Series one, Style style, int bar, int bars) {
        PathText path = new PathText();
        PathText whiskers = new PathText();
        double width = BAR_SHARE / bars;
        for (int i = 0; i < one.size(); i++) {
            double from = one.x().get(i) - BAR_SHARE / 2 + bar * width;
            double value = one.y().get(i);
            if (!Double.isNaN(value) && chart.isHorizontal()) {
                double x = frame.px(Math.min(0, value));
                path.rectangle(
                        x,
                        frame.py(from),
                        frame.px(Math.max(0, value)) - x,
                        frame.height() * width / frame.y().length() - 0.6);
            } else if (!Double.isNaN(value)) {
                double y = frame.py(Math.max(0, value));
                path.rectangle(
                        frame.px(from),
                        y,
                        frame.width() * width / frame.x().length() - 0.6,
                        frame.py(Math.min(0, value)) - y);
            }
            whisker(whiskers, one.interval(), i, from + width / 2);
        }
        svg.path(path, "fill", style.color());
        svg.path(whiskers, "stroke", "#222", "stroke-width", 1.2, "fill", "none");
    }

    private void whisker(PathText path, @Nullable Interval interval, int index, double place) {
        if (interval == null || !interval.isKnown(index)) {
            return;
        }
        double low = interval.low().get(index);
        double high = interval.high().get(index);
        if (chart.isHorizontal()) {
            lyingWhisker(path, interval, index, place);
        } else {
            double x = frame.px(place);
            path.move(x - 3, frame.py(low)).line(x + 3, frame.py(low));
            path.move(x, frame.py(low)).line(x, frame.py(high));
            path.move(x - 3, frame.py(high)).line(x + 3, frame.py(high));
            covered.add(new Box(x - 3, frame.py(high), x + 3, frame.py(low)));
        }
    }

    private void lyingWhisker(PathText path, @Nullable Interval interval, int index, double height) {
        if (interval != null && interval.isKnown(index)) {
            double y = frame.py(height);
            double low = frame.px(interval.low().get(index));
            double high = frame.px(interval.high().get(index));
            path.move(low, y - 3).line(low, y + 3);
            path.move(low, y).line(high, y);
            path.move(high, y - 3).line(high, y + 3);
            if (!chart.isHorizontal()) {
                covered.add(new Box(low, y - 3, high, y + 3));
            }
        }
    }

    private void line(Series one, Style style) {
        band(one, style);
        PathText path = new PathText();
        List<double[]> piece = new ArrayList<>();
        for (int i = 0; i <= one.size(); i++) {
            if (i < one.size() && !Double.isNaN(one.y().get(i))) {
                piece.add(
                        new double[] {frame.px(one.x().get(i)), frame.py(one.y().get(i))});
            } else {
                append(path, thinned(piece));
                cover(piece);
                piece.clear();
            }
        }
        svg.path(
                path,
                "fill",
                "none",
                "stroke",
                style.color(),
                "stroke-width",
                2,
                "stroke-linejoin",
                "round",
                "stroke-dasharray",
                style.dash());
    }

    /** Keeps the texts of points off a line of few points. */
    private void cover(List<double[]> points) {
        for (int i = 1; i < points.size() && points.size() <= Series.MOST_MARKERS; i++) {
            double[] from = points.get(i - 1);
            double[] to = points.get(i);
            int pieces = (int) Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / COVER);
            for (int piece = 0; piece <= pieces; piece++) {
                double share = piece / (double) Math.max(1, pieces);
                double x = from[0] + share * (to[0] - from[0]);
                covered.add(Box.around(x, from[1] + share * (to[1] - from[1]), COVER / 2));
            }
        }
    }

    /** The error bars of a line of many points: a pale band from the lower to the upper ends. */
    private void band(Series one, Style style) {
        Interval interval = one.interval();
        if (interval == null || one.hasMarkers()) {
            return;
        }
        List<double[]> upper = new ArrayList<>();
        List<double[]> outline = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            if (interval.isKnown(i)) {
                outline.add(new double[] {
                    frame.px(one.x().get(i)), frame.py(interval.low().get(i))
                });
                upper.add(0, new double[] {
                    frame.px(one.x().get(i)), frame.py(interval.high().get(i))
                });
            }
        }
        outline.addAll(upper);
        PathText path = new PathText();
        append(path, outline);
        svg.path(path, "fill", style.color(), "fill-opacity", 0.15);
    }

    private static void append(PathText path, List<double[]> points) {
        for (int i = 0; i < points.size(); i++) {
            double[] point = points.get(i);
            if (i == 0) {
                path.move(point[0], point[1]);
            } else {
                path.line(point[0], point[1]);
            }
        }
        if (points.size() == 1) {
            path.line(points.get(0)[0], points.get(0)[1]);
        }
    }

    /** At most lowest and highest of every four pixel columns: looks the same, and long runs stay small. */
    private static List<double[]> thinned(List<double[]> points) {
        if (points.size() < 160) {
            return List.copyOf(points);
        }
        List<double[]> kept = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= points.size(); i++) {
            boolean sameColumn =
                    i < points.size() && Math.floor(points.get(i)[0] / 4) == Math.floor(points.get(from)[0] / 4);
            if (!sameColumn) {
                keepEnds(points.subList(from, i), kept);
                from = i;
            }
        }
        return kept;
    }

    private static void keepEnds(List<double[]> column, List<double[]> kept) {
        int low = 0;
        int high = 0;
        for (int i = 1; i < column.size(); i++) {
            low = column.get(i)[1] < column.get(low)[1] ? i : low;
            high = column.get(i)[1] > column.get(high)[1] ? i : high;
        }
        kept.add(column.get(Math.min(low, high)));
        if (low != high) {
            kept.add(column.get(Math.max(low, high)));
        }
    }

    private void points(Series one, Style style, int index) {
        if (one.kind() == Kind.BAR) {
            return;
        }
        PathText whiskers = new PathText();
        for (int i = 0; one.hasMarkers() && i < one.size(); i++) {
            whisker(whiskers, one.interval(), i, one.x().get(i));
            lyingWhisker(whiskers, one.across(), i, one.y().get(i));
        }
        svg.path(whiskers, "stroke", style.color(), "stroke-width", 1.2, "fill", "none");
        int every = one.hasMarkers() ? 1 : one.size() / SIGNS;
        int first = one.hasMarkers()
                ? 0
                : every * (2 * index + 1) / (2 * chart.series().size());
        for (int i = first; i < one.size(); i += every) {
            if (isInside(one, i)) {
                double x = frame.px(one.x().get(i));
                double y = frame.py(one.y().get(i));
                MarkerShape.draw(svg, style, x, y);
                covered.add(Box.around(x, y, MarkerShape.RADIUS));
            }
        }
    }

    private boolean isInside(Series one, int index) {
        return frame.x().contains(one.x().get(index))
                && frame.y().contains(one.y().get(index));
    }
}

package org.spdbook.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.spdbook.chart.Ticks.Tick;

/** Draws a {@link HeatMap}: cells, names of rows and columns, and the bar that tells what a colour means. */
final class HeatMapDrawing {

    private static final double BAR = 12;
    private static final int BAR_STEPS = 32;
    private static final double ROW = 14;

    private final Svg svg;
    private final Chart chart;
    private final HeatMap map;
    private final Frame frame;

    HeatMapDrawing(Svg svg, Chart chart, HeatMap map, Frame frame) {
        this.svg = svg;
        this.chart = chart;
        this.map = map;
        this.frame = frame;
    }

    /** Height of a picture that gives each of up to 60 rows its name; at least {@code height}. */
    static double height(HeatMap map, double height) {
        return Math.max(height, 110 + ROW * Math.min(60, map.rows().size()));
    }

    /** The plot area for {@code map} in a picture of this size, below {@code top}. */
    static Frame frame(Chart chart, HeatMap map, double width, double height, double top, int footLines) {
        double longest = map.rows().stream()
                .mapToDouble(row -> TextWidth.of(TextWidth.fit(row, 11, 190), 11))
                .max()
                .orElse(0);
        double left = SeriesLayout.PAD + (chart.y().text().isEmpty() ? 0 : 20) + longest + 8;
        double bottom = height - 10 - 15 * footLines - (chart.x().text().isEmpty() ? 0 : 20) - 18;
        return new Frame(
                left,
                top,
                width - 96,
                bottom,
                new Range(-0.5, map.columns().size() - 0.5),
                new Range(-0.5, map.rows().size() - 0.5),
                Scale.LINEAR,
                Scale.LINEAR,
                true);
    }

    void draw(double xBaseline) {
        cells();
        names();
        colorBar();
        AxisDrawing.labels(svg, chart, frame, xBaseline);
    }

    /**
     * Neighbours of one colour are one rectangle, and all rectangles of a colour one path; edges lie on whole pixels, so
     * no seam shows between cells.
     */
    private void cells() {
        Map<String, PathText> paths = new LinkedHashMap<>();
        for (int row = 0; row < map.rows().size(); row++) {
            double y = Math.round(frame.py(row - 0.5));
            double height = Math.round(frame.py(row + 0.5)) - y;
            int from = 0;
            for (int column = 1; column <= map.columns().size(); column++) {
                boolean same =
                        column < map.columns().size() && color(row, column).equals(color(row, from));
                if (!same) {
                    double x = Math.round(frame.px(from - 0.5));
                    double width = Math.round(frame.px(column - 0.5)) - x;
                    paths.computeIfAbsent(color(row, from), key -> new PathText())
                            .rectangle(x, y, width, height);
                    from = column;
                }
            }
        }
        svg.open("g", "shape-rendering", "crispEdges");
        paths.forEach((color, path) -> svg.path(path, "fill", color));
        svg.close().newLine();
    }

    private String color(int row, int column) {
        Range range = map.range();
        return ColorRamp.of((map.values().get(row).get(column) - range.low()) / range.length());
    }

    private void names() {
        int everyRow = (int) Math.max(1, Math.ceil(12 * map.rows().size() / frame.height()));
        svg.open("g", "font-size", 11, "text-anchor", "end", "fill", "#444");
        for (int row = 0; row < map.rows().size(); row += everyRow) {
            String text = TextWidth.fit(map.rows().get(row), 11, 190);
            svg.element("text", text, "x", frame.left() - 6, "y", frame.py(row) + 4);
        }
        svg.close();
        svg.open("g", "font-size", 11, "text-anchor", "middle", "fill", "#444");
        int every = everyColumn();
        for (int column = 0; column < map.columns().size(); column += every) {
            String text = TextWidth.fit(map.columns().get(column), 11, 120);
            svg.element("text", text, "x", frame.px(column), "y", frame.bottom() + 15);
        }
        svg.close().newLine();
    }

    /** 1, 2, 5, 10, 20 ...: how many columns share a name so that the names stand apart. */
    private int everyColumn() {
        double longest = map.columns().stream()
                .mapToDouble(column -> TextWidth.of(TextWidth.fit(column, 11, 120), 11))
                .max()
                .orElse(0);
        double slot = frame.width() / map.columns().size();
        int[] steps = {1, 2, 5};
        return IntStream.range(0, 30)
                .map(i -> steps[i % 3] * (int) StrictMath.pow(10, Math.floorDiv(i, 3)))
                .filter(step -> step * slot >= longest + 8)
                .findFirst()
                .orElse(map.columns().size());
    }

    private void colorBar() {
        double left = frame.right() + 18;
        Range range = map.range();
        Frame bar = new Frame(
                left, frame.top(), left + BAR, frame.bottom(), range, range, Scale.LINEAR, Scale.LINEAR, false);
        svg.open("g", "shape-rendering", "crispEdges");
        double step = bar.height() / BAR_STEPS;
        for (int i = 0; i < BAR_STEPS; i++) {
            String color = ColorRamp.of((i + 0.5) / BAR_STEPS);
            svg.leaf(
                    "rect",
                    "x",
                    left,
                    "y",
                    bar.bottom() - (i + 1) * step,
                    "width",
                    BAR,
                    "height",
                    step + 0.5,
                    "fill",
                    color);
        }
        svg.close();
        List<Tick> ticks = Ticks.of(range, Scale.LINEAR, (int) Math.max(2, bar.height() / 40));
        svg.open("g", "font-size", 11, "fill", "#444");
        for (Tick tick : ticks) {
            svg.element("text", tick.text(), "x", left + BAR + 5, "y", bar.py(tick.value()) + 4);
        }
        svg.close();
        String x = Decimal.pixels(left + BAR + 54, 1);
        String y = Decimal.pixels((bar.top() + bar.bottom()) / 2, 1);
        String text = TextWidth.fit(map.label(), SeriesLayout.LABEL_SIZE, bar.height() + 40);
        String turn = "rotate(90 " + x + " " + y + ")";
        svg.element("text", text, "x", x, "y", y, "transform", turn, "font-size", 12, "text-anchor", "middle");
        svg.newLine();
    }

    /** Whether some cell has no value. */
    static boolean hasGaps(HeatMap map) {
        return map.values().stream().flatMap(List::stream).anyMatch(value -> value.isNaN());
    }
}

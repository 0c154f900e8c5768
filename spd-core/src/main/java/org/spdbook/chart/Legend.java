package org.spdbook.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The entries above the plot area, flowing into rows. Where there are many, hollow companions of filled series have none.
 *
 * @param entries all entries with their places
 * @param height height of all rows in pixels, 0 if there is no legend
 */
record Legend(List<Entry> entries, double height) {

    private static final double ROW = 18;
    private static final double KEY = 26;
    private static final double GAP = 16;
    static final double SIZE = 12;
    private static final int MANY = 6;

    /** One series in the legend; {@code x}, {@code y} is the left end of its baseline, relative to the legend. */
    record Entry(int series, String text, double x, double y) {}

    /** Lays the series of a chart out in rows of {@code width} pixels. */
    static Legend of(Chart chart, double width) {
        List<Series> series = chart.series();
        boolean needless = series.isEmpty()
                || series.size() == 1
                        && series.get(0)
                                .name()
                                .equalsIgnoreCase(chart.valueAxis().label());
        if (needless) {
            return new Legend(List.of(), 0);
        }
        List<Entry> entries = new ArrayList<>();
        double x = 0;
        double y = ROW - 5;
        for (int i = 0; i < series.size(); i++) {
            if (series.size() > MANY && isCompanion(series.get(i), series)) {
                continue;
            }
            String text = TextWidth.fit(series.get(i).name(), SIZE, width - KEY);
            double wide = KEY + TextWidth.of(text, SIZE);
            if (x > 0 && x + wide > width) {
                x = 0;
                y += ROW;
            }
            entries.add(new Entry(i, text, x, y));
            x += wide + GAP;
        }
        return new Legend(List.copyOf(entries), y + 5);
    }

    private static boolean isCompanion(Series one, List<Series> all) {
        return one.hollow()
                && all.stream()
                        .anyMatch(other -> !other.hollow() && other.method().equals(one.method()));
    }

    /** Draws all entries, the legend's corner at {@code (left, top)}. */
    void draw(Svg svg, Chart chart, List<Style> styles, double left, double top) {
        for (Entry entry : entries) {
            Style style = styles.get(entry.series());
            Kind kind = chart.series().get(entry.series()).kind();
            double x = left + entry.x();
            double y = top + entry.y() - 4;
            if (kind == Kind.BAR) {
                svg.leaf("rect", "x", x + 3, "y", y - 5, "width", 16, "height", 10, "fill", style.color());
            } else {
                if (kind == Kind.LINE) {
                    svg.path(
                            new PathText().move(x, y).line(x + 22, y),
                            "stroke",
                            style.color(),
                            "stroke-width",
                            2,
                            "stroke-dasharray",
                            style.dash());
                }
                MarkerShape.draw(svg, style, x + 11, y);
            }
            svg.element("text", entry.text(), "x", x + KEY, "y", top + entry.y(), "font-size", SIZE);
        }
    }
}

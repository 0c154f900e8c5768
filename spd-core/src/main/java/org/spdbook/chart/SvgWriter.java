package org.spdbook.chart;

import java.util.List;

/**
 * Writes a {@link Chart} as an SVG document of a few kilobytes. It uses no fonts and no window system of the machine:
 * text is laid out by estimated widths, and the same chart gives the same bytes on every JDK and in every locale.
 *
 * <p>The picture has its own white card, so it reads the same on a dark page, and carries the chart's message as its
 * accessible name. Immutable and thread-safe.
 *
 * @param width width in pixels, at least 240
 * @param height height in pixels, at least 160; lying bars and heat maps with many rows grow beyond it
 */
public record SvgWriter(int width, int height) {

    public SvgWriter {
        if (width < 240 || height < 160) {
            throw new IllegalArgumentException(
                    "a chart needs at least 240 x 160 pixels for its axes, got " + width + " x " + height);
        }
    }

    /** A writer for the book's size, 640 x 360. */
    public static SvgWriter standard() {
        return new SvgWriter(640, 360);
    }

    /** The chart as a complete {@code <svg>} element, without an XML declaration. */
    public String write(Chart chart) {
        HeatMap map = chart.heatMap();
        return map == null ? writeSeries(chart) : writeHeatMap(chart, map);
    }

    private String writeSeries(Chart chart) {
        SeriesLayout layout = SeriesLayout.of(chart, width, height);
        List<Style> styles = Palette.ofSeries(chart.series());
        Svg svg = new Svg();
        begin(svg, width, layout.height(), chart.title(), chart.message());
        title(svg, layout.head().title());
        layout.head()
                .legend()
                .draw(svg, chart, styles, SeriesLayout.PAD, layout.head().legendTop());
        svg.newLine();
        AxisDrawing.grid(svg, chart, layout);
        new SeriesDrawing(svg, chart, layout.frame(), styles).draw();
        AxisDrawing.texts(svg, chart, layout);
        foot(svg, layout.foot(), layout.height());
        return svg.close().toString();
    }

    private String writeHeatMap(Chart chart, HeatMap map) {
        double tall = HeatMapDrawing.height(map, height);
        SeriesLayout.Head head = SeriesLayout.Head.of(chart, width);
        String small = (HeatMapDrawing.hasGaps(map) ? "Grey: no value. " : "") + chart.note();
        List<String> foot = TextWidth.wrap(small, SeriesLayout.NOTE_SIZE, width - 2 * SeriesLayout.PAD);
        Frame frame = HeatMapDrawing.frame(chart, map, width, tall, head.bottom(), foot.size());
        Svg svg = new Svg();
        begin(svg, width, tall, chart.title(), chart.message());
        title(svg, head.title());
        new HeatMapDrawing(svg, chart, map, frame).draw(tall - 16 - 15 * foot.size());
        foot(svg, foot, tall);
        return svg.close().toString();
    }

    /** Opens the picture with its white card. */
    static void begin(Svg svg, int width, double tall, String title, String message) {
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                width,
                "height",
                tall,
                "viewBox",
                "0 0 " + width + " " + Decimal.pixels(tall, 2),
                "role",
                "img",
                "aria-label",
                message,
                "font-family",
                "Helvetica, Arial, sans-serif",
                "fill",
                "#222");
        svg.element("title", title).element("desc", message).newLine();
        svg.leaf("rect", "width", width, "height", tall, "rx", 6, "fill", "#fff")
                .newLine();
    }

    static void title(Svg svg, List<String> lines) {
        double size = SeriesLayout.Head.TITLE_SIZE;
        for (int i = 0; i < lines.size(); i++) {
            double y = 24 + 18 * i;
            svg.element("text", lines.get(i), "x", SeriesLayout.PAD, "y", y, "font-size", size, "font-weight", "bold");
        }
        svg.newLine();
    }

    static void foot(Svg svg, List<String> lines, double tall) {
        for (int i = 0; i < lines.size(); i++) {
            double y = tall - 9 - 15 * (lines.size() - 1 - i);
            svg.element(
                    "text",
                    lines.get(i),
                    "x",
                    SeriesLayout.PAD,
                    "y",
                    y,
                    "font-size",
                    SeriesLayout.NOTE_SIZE,
                    "fill",
                    "#666");
        }
    }
}

package org.spdbook.chart;

import java.util.List;
import org.spdbook.chart.Ticks.Tick;

/** Draws grid, tick texts and axis labels. */
final class AxisDrawing {

    private static final String GRID = "#E3E6E9";
    private static final String LINE = "#8A9097";

    private AxisDrawing() {}

    /** The grid and the edges of the plot area; drawn before the data. */
    static void grid(Svg svg, Chart chart, SeriesLayout layout) {
        Frame frame = layout.frame();
        PathText grid = new PathText();
        if (!chart.x().isCategorical()) {
            layout.xTicks()
                    .forEach(tick -> grid.move(frame.px(tick.value()), frame.top())
                            .line(frame.px(tick.value()), frame.bottom()));
        }
        if (!chart.y().isCategorical()) {
            layout.yTicks()
                    .forEach(tick -> grid.move(frame.left(), frame.py(tick.value()))
                            .line(frame.right(), frame.py(tick.value())));
        }
        svg.path(grid, "stroke", GRID);
        PathText edges = new PathText()
                .move(frame.left(), frame.top())
                .line(frame.left(), frame.bottom())
                .line(frame.right(), frame.bottom());
        svg.path(edges, "stroke", LINE, "fill", "none");
        zeroLine(svg, chart, frame);
        svg.newLine();
    }

    private static void zeroLine(Svg svg, Chart chart, Frame frame) {
        Range values = chart.isHorizontal() ? frame.x() : frame.y();
        if (chart.valueAxis().scale() == Scale.LINEAR && values.low() < 0 && values.high() > 0) {
            PathText zero = chart.isHorizontal()
                    ? new PathText().move(frame.px(0), frame.top()).line(frame.px(0), frame.bottom())
                    : new PathText().move(frame.left(), frame.py(0)).line(frame.right(), frame.py(0));
            svg.path(zero, "stroke", LINE);
        }
    }

    /** Tick texts and labels; drawn after the data. */
    static void texts(Svg svg, Chart chart, SeriesLayout layout) {
        Frame frame = layout.frame();
        svg.open("g", "font-size", SeriesLayout.TICK_SIZE, "text-anchor", "end", "fill", "#444");
        for (Tick tick : layout.yTicks()) {
            svg.element("text", tick.text(), "x", frame.left() - 6, "y", frame.py(tick.value()) + 4);
        }
        if (layout.turned()) {
            turned(svg, frame, layout.xTicks());
        }
        svg.close();
        if (!layout.turned()) {
            svg.open("g", "font-size", SeriesLayout.TICK_SIZE, "text-anchor", "middle", "fill", "#444");
            for (Tick tick : layout.xTicks()) {
                svg.element("text", tick.text(), "x", frame.px(tick.value()), "y", frame.bottom() + 15);
            }
            svg.close();
        }
        double foot = layout.height() - 10 - 15 * layout.foot().size();
        labels(svg, chart, frame, foot - 6);
        svg.newLine();
    }

    private static void turned(Svg svg, Frame frame, List<Tick> ticks) {
        for (Tick tick : ticks) {
            String x = Decimal.pixels(frame.px(tick.value()) + 4, 1);
            String y = Decimal.pixels(frame.bottom() + 13, 1);
            String turn = "rotate(-" + Decimal.pixels(SeriesLayout.TURN, 0) + " " + x + " " + y + ")";
            svg.element("text", tick.text(), "x", x, "y", y, "transform", turn);
        }
    }

    static void labels(Svg svg, Chart chart, Frame frame, double xBaseline) {
        svg.open("g", "font-size", SeriesLayout.LABEL_SIZE, "text-anchor", "middle");
        if (!chart.x().text().isEmpty()) {
            String text = TextWidth.fit(chart.x().text(), SeriesLayout.LABEL_SIZE, frame.right());
            svg.element("text", text, "x", (frame.left() + frame.right()) / 2, "y", xBaseline);
        }
        if (!chart.y().text().isEmpty()) {
            String text = TextWidth.fit(chart.y().text(), SeriesLayout.LABEL_SIZE, frame.height() + 30);
            String middle = Decimal.pixels((frame.top() + frame.bottom()) / 2, 1);
            String turn = "rotate(-90 20 " + middle + ")";
            svg.element("text", text, "x", 20, "y", middle, "transform", turn);
        }
        svg.close();
    }
}

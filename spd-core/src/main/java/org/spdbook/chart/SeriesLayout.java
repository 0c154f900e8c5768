package org.spdbook.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spdbook.chart.Ticks.Tick;

/**
 * Where everything of a chart with series goes.
 *
 * @param head title and legend
 * @param foot lines of small print
 * @param frame the plot area
 * @param xTicks marks below
 * @param yTicks marks on the left
 * @param turned whether the texts below stand at an angle because they are too long side by side
 * @param height height of the whole picture
 */
record SeriesLayout(
        Head head,
        List<String> foot,
        Frame frame,
        List<Tick> xTicks,
        List<Tick> yTicks,
        boolean turned,
        double height) {

    static final double PAD = 12;
    static final double TICK_SIZE = 11;
    static final double LABEL_SIZE = 12;
    static final double NOTE_SIZE = 11;
    static final double TURN = 35;
    private static final double SIN = 0.5736;
    private static final double COS = 0.8192;
    private static final double LONGEST_TURNED = 110;
    private static final double LONGEST_ROW = 190;

    /** Title lines and legend; {@code bottom} is where the plot area may begin. */
    record Head(List<String> title, Legend legend, double legendTop, double bottom) {

        static final double TITLE_SIZE = 15;

        static Head of(Chart chart, double width) {
            List<String> title = TextWidth.wrap(chart.title(), TITLE_SIZE * 1.06, width - 2 * PAD);
            Legend legend = Legend.of(chart, width - 2 * PAD);
            double legendTop = 12 + 18 * title.size();
            return new Head(title, legend, legendTop, legendTop + legend.height() + 12);
        }
    }

    static SeriesLayout of(Chart chart, double width, double height) {
        Head head = Head.of(chart, width);
        List<String> foot = TextWidth.wrap(footText(chart), NOTE_SIZE, width - 2 * PAD);
        double tall = chart.isHorizontal() ? Math.max(height, head.bottom() + 70 + rowsHeight(chart)) : height;
        Range places = Extent.ofPlaces(chart);
        Range values = Extent.ofValues(chart);
        Range x = chart.isHorizontal() ? values : places;
        Range y = chart.isHorizontal() ? places : values;
        double floor = tall - 10 - 15 * foot.size() - (chart.x().text().isEmpty() ? 0 : 20) - 18;

        List<Tick> yTicks = yTicks(chart.y(), y, floor - head.bottom());
        double left = PAD + (chart.y().text().isEmpty() ? 0 : 20) + widest(yTicks) + 8;
        double right = width - 18;
        List<Tick> xTicks = xTicks(chart.x(), x, right - left);
        boolean turned = chart.x().isCategorical() && collide(xTicks, (right - left) / x.length());
        double extra = 0;
        if (turned) {
            xTicks = thinned(xTicks, (right - left) / x.length());
            extra = widest(xTicks) * SIN - 2;
            double slot = (right - left) / x.length();
            left = Math.max(left, TextWidth.of(xTicks.get(0).text(), TICK_SIZE) * COS - slot / 2 + 8);
        } else if (!xTicks.isEmpty()) {
            Tick last = xTicks.get(xTicks.size() - 1);
            right = Math.min(right, width - 6 - TextWidth.of(last.text(), TICK_SIZE) / 2);
        }
        Frame frame = new Frame(
                left,
                head.bottom(),
                right,
                Math.max(floor - extra, head.bottom() + 60),
                x,
                y,
                chart.x().scale(),
                chart.y().scale(),
                chart.isHorizontal());
        return new SeriesLayout(head, foot, frame, xTicks, yTicks, turned, tall);
    }

    private static double rowsHeight(Chart chart) {
        return chart.y().categories().size() * (6 + 9.0 * chart.series().size());
    }

    /** The chart's note and what its error bars are. */
    static String footText(Chart chart) {
        List<String> parts = new ArrayList<>();
        chart.series().stream()
                .flatMap(one -> Stream.of(Optional.ofNullable(one.interval()), Optional.ofNullable(one.across())))
                .flatMap(Optional::stream)
                .map(Interval::name)
                .distinct()
                .map(name -> "Error bars: " + name + ".")
                .forEach(parts::add);
        if (!chart.note().isBlank()) {
            parts.add(chart.note());
        }
        return String.join(" ", parts);
    }

    private static List<Tick> yTicks(Axis axis, Range range, double height) {
        if (axis.isCategorical()) {
            return categories(axis, LONGEST_ROW);
        }
        return Ticks.of(range, axis.scale(), (int) Math.max(2, height / 38));
    }

    private static List<Tick> xTicks(Axis axis, Range range, double width) {
        if (axis.isCategorical()) {
            double slot = width / axis.categories().size();
            boolean fits = axis.categories().stream().allMatch(c -> TextWidth.of(c, TICK_SIZE) + 8 <= slot);
            return categories(axis, fits ? slot : LONGEST_TURNED);
        }
        for (int wanted = (int) Math.max(2, width / 60); wanted > 2; wanted--) {
            List<Tick> ticks = Ticks.of(range, axis.scale(), wanted);
            if (!collide(ticks, range, axis.scale(), width)) {
                return ticks;
            }
        }
        return Ticks.of(range, axis.scale(), 2);
    }

    private static List<Tick> categories(Axis axis, double width) {
        List<String> names = axis.categories();
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Tick(i, TextWidth.fit(names.get(i), TICK_SIZE, width)))
                .toList();
    }

    private static boolean collide(List<Tick> ticks, Range range, Scale scale, double width) {
        Frame line = new Frame(0, 0, width, 1, range, range, scale, scale, false);
        for (int i = 1; i < ticks.size(); i++) {
            double gap =
                    line.px(ticks.get(i).value()) - line.px(ticks.get(i - 1).value());
            double need = TextWidth.of(ticks.get(i).text(), TICK_SIZE)
                    + TextWidth.of(ticks.get(i - 1).text(), TICK_SIZE);
            if (need / 2 + 10 > gap) {
                return true;
            }
        }
        return false;
    }

    private static boolean collide(List<Tick> ticks, double slot) {
        return ticks.stream().anyMatch(tick -> TextWidth.of(tick.text(), TICK_SIZE) + 8 > slot);
    }

    /** Every k-th category, so that turned texts keep 15 pixels of distance. */
    private static List<Tick> thinned(List<Tick> ticks, double slot) {
        int every = (int) Math.max(1, Math.ceil(15 / slot));
        return ticks.stream().filter(tick -> (int) tick.value() % every == 0).toList();
    }

    private static double widest(List<Tick> ticks) {
        return ticks.stream()
                .mapToDouble(tick -> TextWidth.of(tick.text(), TICK_SIZE))
                .max()
                .orElse(0);
    }
}

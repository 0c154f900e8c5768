package org.spdbook.magics.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.HeatMap;
import org.spdbook.chart.Kind;
import org.spdbook.chart.Palette;
import org.spdbook.chart.PlotlyJson;
import org.spdbook.chart.Scale;
import org.spdbook.chart.Series;
import org.spdbook.chart.Style;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.components.Symbol;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;

/**
 * A {@link Chart} as a jsplot {@link Figure}, and that figure read out as a Plotly tree.
 *
 * <p>jsplot has traces, names, modes, colours, markers, dashes, titles, log axes and grouping. It has no error bars,
 * subtitles, colour scales of one's own, places of texts or legends, reversed axes and named places of lines; those
 * are filled in from {@link PlotlyJson}.
 */
public final class ChartFigure {

    private static final Line.Dash[] DASHES = {Line.Dash.SOLID, Line.Dash.DASH, Line.Dash.DOT, Line.Dash.DASH_DOT};

    private ChartFigure() {}

    /** The chart for users of jsplot, who can go on from there. Error bars and notes are not in it. */
    public static Figure of(Chart chart) {
        List<Style> styles = Palette.ofSeries(chart.series());
        List<Trace> traces = new ArrayList<>();
        HeatMap map = chart.heatMap();
        if (map != null) {
            traces.add(heatMap(map));
        }
        for (int i = 0; i < chart.series().size(); i++) {
            Series one = chart.series().get(i);
            traces.add(one.kind() == Kind.BAR ? bars(chart, one, styles.get(i)) : points(one, styles.get(i)));
        }
        Layout layout = Layout.builder(PlotlyJson.title(chart))
                .xAxis(axis(chart.x(), map != null))
                .yAxis(axis(chart.y(), map != null))
                .barMode(Layout.BarMode.GROUP)
                .showLegend(chart.series().size() > 1)
                .build();
        return new Figure(layout, traces.toArray(new Trace[0]));
    }

    /** The figure as a tree, with all that jsplot cannot say filled in and without its fixed size. */
    static Map<String, @Nullable Object> tree(Chart chart) {
        Map<String, @Nullable Object> tree = FigureTree.of(of(chart));
        Map<String, @Nullable Object> layout = FigureTree.object(tree.get("layout"));
        layout.remove("width");
        layout.remove("height");
        if (chart.x().isCategorical() && tree.get("data") instanceof List<?> traces) {
            traces.forEach(trace -> FigureTree.object(trace).remove("x"));
        }
        emptyMarkers(tree, chart.series());
        fill(tree, PlotlyJson.of(chart));
        return tree;
    }

    /** jsplot has no empty markers: takes its filled ones away where empty ones are wanted. */
    private static void emptyMarkers(Map<String, @Nullable Object> tree, List<Series> series) {
        for (int i = 0; i < series.size(); i++) {
            if (series.get(i).hollow() && tree.get("data") instanceof List<?> traces) {
                FigureTree.object(FigureTree.object(traces.get(i)).get("marker"))
                        .remove("symbol");
            }
        }
    }

    /** Adds what is missing in {@code tree}, on every level; lists of equal length are filled item by item. */
    private static void fill(Map<String, @Nullable Object> tree, Map<String, ?> more) {
        more.forEach((key, value) -> {
            Object present = tree.get(key);
            if (!tree.containsKey(key)) {
                tree.put(key, value);
            } else if (present instanceof Map<?, ?> && value instanceof Map<?, ?>) {
                fill(FigureTree.object(present), FigureTree.object(value));
            } else if (present instanceof List<?> mine
                    && value instanceof List<?> other
                    && mine.size() == other.size()) {
                fill(mine, other);
            }
        });
    }

    private static void fill(List<?> mine, List<?> other) {
        for (int i = 0; i < mine.size(); i++) {
            if (mine.get(i) instanceof Map<?, ?> && other.get(i) instanceof Map<?, ?>) {
                fill(FigureTree.object(mine.get(i)), FigureTree.object(other.get(i)));
            }
        }
    }

    private static Trace bars(Chart chart, Series one, Style style) {
        double[] values = array(one.y());
        return BarTrace.builder(names(chart, one), values)
                .orientation(chart.isHorizontal() ? BarTrace.Orientation.HORIZONTAL : BarTrace.Orientation.VERTICAL)
                .name(one.name())
                .marker(Marker.builder().color(style.color()).build())
                .build();
    }

    private static Trace points(Series one, Style style) {
        Marker marker = Marker.builder()
                .color(style.color())
                .size(9)
                .symbol(symbol(style.marker()))
                .build();
        ScatterTrace.ScatterBuilder trace = ScatterTrace.builder(array(one.x()), array(one.y()));
        trace.name(one.name()).marker(marker).mode(mode(one));
        if (one.kind() == Kind.LINE) {
            trace.line(Line.builder()
                    .color(style.color())
                    .width(2)
                    .dash(style.hollow() ? Line.Dash.DOT : DASHES[style.rank() % DASHES.length])
                    .build());
        }
        if (!one.labels().isEmpty()) {
            trace.text(one.labels().toArray(new String[0]));
        }
        return trace.build();
    }

    private static ScatterTrace.Mode mode(Series one) {
        boolean labels = !one.labels().isEmpty();
        if (one.kind() == Kind.SCATTER) {
            return labels ? ScatterTrace.Mode.TEXT_AND_MARKERS : ScatterTrace.Mode.MARKERS;
        }
        if (one.hasMarkers()) {
            return labels ? ScatterTrace.Mode.LINE_TEXT_AND_MARKERS : ScatterTrace.Mode.LINE_AND_MARKERS;
        }
        return labels ? ScatterTrace.Mode.LINE_AND_TEXT : ScatterTrace.Mode.LINE;
    }

    private static Symbol symbol(org.spdbook.chart.Marker marker) {
        return switch (marker) {
            case CIRCLE -> Symbol.CIRCLE;
            case SQUARE -> Symbol.SQUARE;
            case TRIANGLE -> Symbol.TRIANGLE_UP;
            case DIAMOND -> Symbol.DIAMOND;
            case STAR -> Symbol.STAR;
            case DOWN -> Symbol.TRIANGLE_DOWN;
            case CROSS -> Symbol.CROSS;
            case X -> Symbol.X;
        };
    }

    private static Trace heatMap(HeatMap map) {
        double[][] values = map.values().stream().map(ChartFigure::array).toArray(double[][]::new);
        return HeatmapTrace.builder(map.columns().toArray(), map.rows().toArray(), values)
                .build();
    }

    private static tech.tablesaw.plotly.components.Axis axis(Axis axis, boolean names) {
        var type = tech.tablesaw.plotly.components.Axis.Type.LINEAR;
        if (names || axis.isCategorical()) {
            type = tech.tablesaw.plotly.components.Axis.Type.CATEGORY;
        } else if (axis.scale() == Scale.LOG) {
            type = tech.tablesaw.plotly.components.Axis.Type.LOG;
        }
        return tech.tablesaw.plotly.components.Axis.builder()
                .title(axis.text())
                .type(type)
                .build();
    }

    private static Object[] names(Chart chart, Series one) {
        List<String> names = chart.placeAxis().categories();
        return one.x().stream().map(place -> names.get(place.intValue())).toArray();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

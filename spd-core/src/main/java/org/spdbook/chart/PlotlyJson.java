package org.spdbook.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link Chart} into a Plotly figure: a tree of maps, lists, strings, numbers and booleans with the keys
 * {@code data} and {@code layout}, ready for {@code application/vnd.plotly.v1+json}. Numbers stay numbers, a gap is
 * null. Colours, markers and dashes are those of the SVG.
 */
public final class PlotlyJson {

    private PlotlyJson() {}

    /** The figure of a chart. The maps may be changed by the caller. */
    public static Map<String, Object> of(Chart chart) {
        Map<String, Object> figure = new LinkedHashMap<>();
        HeatMap map = chart.heatMap();
        figure.put("data", map == null ? traces(chart) : List.of(heatMap(map)));
        figure.put("layout", layout(chart));
        return figure;
    }

    private static List<Object> traces(Chart chart) {
        List<Style> styles = Palette.ofSeries(chart.series());
        List<Object> traces = new ArrayList<>();
        for (int i = 0; i < chart.series().size(); i++) {
            traces.add(trace(chart, chart.series().get(i), styles.get(i)));
        }
        return traces;
    }

    private static Map<String, Object> trace(Chart chart, Series one, Style style) {
        Map<String, Object> trace = new LinkedHashMap<>();
        boolean bar = one.kind() == Kind.BAR;
        trace.put("type", bar ? "bar" : "scatter");
        trace.put("name", one.name());
        trace.put(chart.isHorizontal() ? "y" : "x", places(chart, one));
        trace.put(chart.isHorizontal() ? "x" : "y", numbers(one.y()));
        if (chart.isHorizontal()) {
            trace.put("orientation", "h");
        }
        if (!bar) {
            trace.put("mode", mode(one));
        }
        if (one.kind() == Kind.LINE) {
            trace.put("line", map("color", style.color(), "width", 2, "dash", style.plotlyDash()));
        }
        trace.put(
                "marker",
                bar ? map("color", style.color()) : map("color", style.color(), "size", 9, "symbol", style.symbol()));
        if (!one.labels().isEmpty()) {
            trace.put("text", one.labels());
            trace.put("textposition", bar ? "auto" : positions(one.size()));
            trace.put("cliponaxis", false);
        }
        Interval interval = one.interval();
        if (interval != null) {
            trace.put(chart.isHorizontal() ? "error_x" : "error_y", errors(one.y(), interval));
        }
        Interval across = one.across();
        if (across != null) {
            trace.put("error_x", errors(one.x(), across));
        }
        return trace;
    }

    /** Texts around their points in turn, which keeps most neighbours apart. */
    private static List<String> positions(int count) {
        List<String> turn = List.of("top center", "middle right", "bottom center", "middle left");
        List<String> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            positions.add(turn.get(i % turn.size()));
        }
        return positions;
    }

    private static String mode(Series one) {
        String mode = one.kind() == Kind.SCATTER ? "markers" : one.hasMarkers() ? "lines+markers" : "lines";
        return one.labels().isEmpty() ? mode : mode + "+text";
    }

    private static List<?> places(Chart chart, Series one) {
        List<String> names = chart.placeAxis().categories();
        return names.isEmpty()
                ? numbers(one.x())
                : one.x().stream().map(place -> names.get(place.intValue())).toList();
    }

    /** Plotly wants distances from the value, {@link Interval} has ends. */
    private static Map<String, Object> errors(List<Double> values, Interval interval) {
        List<@Nullable Double> up = new ArrayList<>();
        List<@Nullable Double> down = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            up.add(number(interval.high().get(i) - values.get(i)));
            down.add(number(values.get(i) - interval.low().get(i)));
        }
        return map("type", "data", "symmetric", false, "array", up, "arrayminus", down);
    }

    private static Map<String, Object> heatMap(HeatMap map) {
        Map<String, Object> trace = new LinkedHashMap<>();
        trace.put("type", "heatmap");
        trace.put("x", map.columns());
        trace.put("y", map.rows());
        trace.put("z", map.values().stream().map(PlotlyJson::numbers).toList());
        trace.put("zmin", map.range().low());
        trace.put("zmax", map.range().high());
        List<List<Object>> scale = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            scale.add(List.of(i / 4.0, ColorRamp.of(i / 4.0)));
        }
        trace.put("colorscale", scale);
        trace.put("colorbar", map("title", map("text", map.label())));
        return trace;
    }

    private static Map<String, Object> layout(Chart chart) {
        Map<String, Object> layout = new LinkedHashMap<>();
        int lines = title(chart).split("<br>", -1).length;
        Map<String, Object> title = map(
                "text",
                title(chart),
                "x",
                0.02,
                "xanchor",
                "left",
                "yref",
                "container",
                "y",
                0.99 - 0.04 * lines,
                "yanchor",
                "top");
        String small = SeriesLayout.footText(chart);
        if (!small.isEmpty()) {
            title.put("subtitle", map("text", small, "font", map("size", 11, "color", "#666666")));
        }
        layout.put("title", title);
        layout.put("margin", map("t", 52 + 22 * lines + (small.isEmpty() ? 0 : 20), "r", 30));
        layout.put("xaxis", axis(chart.x(), chart.heatMap() != null));
        Map<String, Object> y = axis(chart.y(), chart.heatMap() != null);
        if (chart.isHorizontal() || chart.heatMap() != null) {
            y.put("autorange", "reversed");
        }
        layout.put("yaxis", y);
        layout.put("barmode", "group");
        layout.put("showlegend", chart.series().size() > 1);
        layout.put("legend", map("orientation", "h", "y", 1.02, "yanchor", "bottom", "x", 0));
        layout.put("paper_bgcolor", "#FFFFFF");
        layout.put("plot_bgcolor", "#FFFFFF");
        return layout;
    }

    /** The title in lines of a width that fits, as Plotly does not break lines itself. */
    public static String title(Chart chart) {
        return String.join("<br>", TextWidth.wrap(chart.title(), 17, 560));
    }

    private static Map<String, Object> axis(Axis axis, boolean names) {
        Map<String, Object> result =
                map("title", map("text", axis.text(), "standoff", 10), "gridcolor", "#E3E6E9", "automargin", true);
        result.put("type", names || axis.isCategorical() ? "category" : axis.scale() == Scale.LOG ? "log" : "linear");
        Range range = axis.range();
        if (range != null) {
            boolean log = axis.scale() == Scale.LOG;
            result.put(
                    "range",
                    List.of(
                            log ? StrictMath.log10(range.low()) : range.low(),
                            log ? StrictMath.log10(range.high()) : range.high()));
        }
        return result;
    }

    private static List<@Nullable Double> numbers(List<Double> values) {
        List<@Nullable Double> numbers = new ArrayList<>();
        values.forEach(value -> numbers.add(number(value)));
        return numbers;
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}

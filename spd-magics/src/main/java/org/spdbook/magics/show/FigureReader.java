package org.spdbook.magics.show;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.HeatMap;
import org.spdbook.chart.Kind;
import org.spdbook.chart.Range;
import org.spdbook.chart.Scale;
import org.spdbook.chart.Series;

/** Understands the tree of a Plotly figure as a {@link Chart} where it can, and tells in a sentence what is in it. */
final class FigureReader {

    private static final Set<String> KNOWN = Set.of("scatter", "scattergl", "bar", "histogram");

    private final List<Map<String, @Nullable Object>> traces = new ArrayList<>();
    private final Map<String, @Nullable Object> layout;

    FigureReader(Map<String, @Nullable Object> tree) {
        if (tree.get("data") instanceof List<?> data) {
            data.forEach(trace -> traces.add(FigureTree.object(trace)));
        }
        layout = FigureTree.object(tree.get("layout"));
    }

    /** Title, kinds and number of values: {@code "Figure 'Loss': 2 scatter traces (loss over step), 600 values."}. */
    String sentence() {
        Set<String> kinds = new LinkedHashSet<>();
        traces.forEach(trace -> kinds.add(word(trace, "type", "unknown")));
        int values = traces.stream().mapToInt(FigureReader::size).sum();
        String x = title("xaxis");
        String y = title("yaxis");
        String axes = x.isEmpty() || y.isEmpty() ? "" : " (" + y + " over " + x + ")";
        String title = caption();
        String text = "Figure" + (title.isEmpty() ? "" : " '" + title + "'") + ": " + traces.size() + " "
                + String.join(" and ", kinds) + (traces.size() == 1 ? " trace" : " traces") + axes + ", " + values
                + (values == 1 ? " value." : " values.");
        return text.length() <= Chart.LONGEST_MESSAGE ? text : text.substring(0, Chart.LONGEST_MESSAGE - 1) + "…";
    }

    /** The figure as a chart, or empty if it has parts that charts of ours do not have. */
    Optional<Chart> chart() {
        try {
            if (traces.size() == 1 && word(traces.get(0), "type", "").equals("heatmap")) {
                return heatMap(traces.get(0));
            }
            boolean known = !traces.isEmpty() && traces.stream().allMatch(FigureReader::isKnown);
            return known ? Optional.of(seriesChart()) : Optional.empty();
        } catch (IllegalArgumentException unsuitable) {
            return Optional.empty();
        }
    }

    private static boolean isKnown(Map<String, @Nullable Object> trace) {
        return KNOWN.contains(word(trace, "type", ""))
                && word(trace, "yaxis", "y").equals("y")
                && word(trace, "xaxis", "x").equals("x")
                && word(trace, "fill", "none").equals("none")
                && size(trace) > 0;
    }

    private Chart seriesChart() {
        boolean bars = traces.stream().anyMatch(trace -> word(trace, "type", "").equals("bar"));
        if (traces.stream().anyMatch(trace -> word(trace, "type", "").equals("histogram"))) {
            return histogram();
        }
        boolean horizontal = bars
                && traces.stream()
                        .allMatch(trace -> word(trace, "orientation", "v").equals("h"));
        String places = horizontal ? "y" : "x";
        Set<String> names = new LinkedHashSet<>();
        boolean named = bars
                || traces.stream().anyMatch(trace -> list(trace, "x").stream().anyMatch(String.class::isInstance));
        if (named) {
            traces.forEach(trace -> list(trace, places).forEach(place -> names.add(text(place))));
        }
        Axis place = named ? Axis.categories(title(places + "axis"), List.copyOf(names)) : axis("xaxis");
        Axis value = axis(horizontal ? "xaxis" : "yaxis");
        Chart chart = Chart.of(heading(), horizontal ? value : place, horizontal ? place : value, sentence());
        List<String> order = List.copyOf(names);
        for (int i = 0; i < traces.size(); i++) {
            chart = chart.with(series(traces.get(i), name(i, value.label()), places, horizontal ? "x" : "y", order));
        }
        return chart;
    }

    private static Series series(
            Map<String, @Nullable Object> trace, String name, String places, String values, List<String> names) {
        List<Double> y = numbers(list(trace, values));
        List<Double> x = names.isEmpty()
                ? numbers(list(trace, places))
                : list(trace, places).stream()
                        .map(place -> (double) names.indexOf(text(place)))
                        .toList();
        boolean line =
                word(trace, "mode", y.size() < 20 ? "lines+markers" : "lines").contains("lines");
        Kind kind = word(trace, "type", "").equals("bar") ? Kind.BAR : line ? Kind.LINE : Kind.SCATTER;
        List<String> labels =
                list(trace, "text").stream().map(FigureReader::text).toList();
        boolean labelled = labels.size() == y.size() && word(trace, "mode", "").contains("text");
        return new Series(name, kind, x, y, labelled ? labels : List.of(), null, name);
    }

    /** The trace's own name; for a single trace without one what its values are, so that no legend is needed. */
    private String name(int index, String values) {
        String otherwise = traces.size() == 1 && !values.isBlank() ? values : "trace " + index;
        return word(traces.get(index), "name", otherwise);
    }

    private Chart histogram() {
        List<Double> all = new ArrayList<>();
        for (Map<String, @Nullable Object> trace : traces) {
            if (!word(trace, "type", "").equals("histogram")
                    || !word(trace, "histfunc", "count").equals("count")) {
                throw new IllegalArgumentException("histograms of counts are drawn alone");
            }
            all.addAll(numbers(list(trace, "x")));
        }
        int wished = traces.get(0).get("nbinsx") instanceof Number bins ? bins.intValue() : 0;
        Bins bins = Bins.of(all, wished);
        Axis y = Axis.linear(title("yaxis").isEmpty() ? "count" : title("yaxis"), "");
        Chart chart = Chart.of(heading(), Axis.categories(title("xaxis"), bins.names()), y, sentence());
        for (int i = 0; i < traces.size(); i++) {
            String name = name(i, y.label());
            chart = chart.with(Series.bars(name, bins.counts(numbers(list(traces.get(i), "x")))));
        }
        return chart;
    }

    private Optional<Chart> heatMap(Map<String, @Nullable Object> trace) {
        List<List<Double>> values = list(trace, "z").stream()
                .map(row -> row instanceof List<?> cells ? numbers(cells) : List.<Double>of())
                .toList();
        double[] known = values.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (known.length == 0) {
            return Optional.empty();
        }
        List<String> columns = names(list(trace, "x"), values.get(0).size());
        double last = known[known.length - 1];
        Range range = new Range(known[0], last > known[0] ? last : known[0] + 1);
        HeatMap map = new HeatMap(names(list(trace, "y"), values.size()), columns, values, "value", range);
        Axis x = Axis.linear(title("xaxis"), "");
        return Optional.of(Chart.of(heading(), x, Axis.linear(title("yaxis"), ""), sentence())
                .withHeatMap(map));
    }

    private static List<String> names(List<?> given, int count) {
        return given.size() == count
                ? given.stream().map(FigureReader::text).toList()
                : IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private Axis axis(String key) {
        Map<?, ?> axis = layout.get(key) instanceof Map<?, ?> map ? map : Map.of();
        Scale scale = "log".equals(axis.get("type")) ? Scale.LOG : Scale.LINEAR;
        Range range = null;
        if (axis.get("range") instanceof List<?> ends
                && ends.size() == 2
                && ends.get(0) instanceof Number low
                && ends.get(1) instanceof Number high
                && low.doubleValue() < high.doubleValue()) {
            boolean log = scale == Scale.LOG;
            range = log
                    ? new Range(StrictMath.pow(10, low.doubleValue()), StrictMath.pow(10, high.doubleValue()))
                    : new Range(low.doubleValue(), high.doubleValue());
        }
        return new Axis(title(key), "", scale, range, List.of());
    }

    private String heading() {
        return caption().isEmpty() ? "Figure" : caption();
    }

    private String caption() {
        return layout.get("title") instanceof Map<?, ?> title && title.get("text") != null
                ? text(title.get("text"))
                : "";
    }

    private String title(String axis) {
        boolean titled = layout.get(axis) instanceof Map<?, ?> map && map.get("title") instanceof Map<?, ?>;
        if (!titled) {
            return "";
        }
        Object text = FigureTree.object(FigureTree.object(layout.get(axis)).get("title"))
                .get("text");
        return text == null ? "" : text(text);
    }

    private static int size(Map<String, @Nullable Object> trace) {
        for (String key : List.of("y", "x", "z", "values", "open")) {
            int size = list(trace, key).size();
            if (size > 0) {
                return size;
            }
        }
        return 0;
    }

    private static List<?> list(Map<String, @Nullable Object> trace, String key) {
        return trace.get(key) instanceof List<?> list ? list : List.of();
    }

    private static String word(Map<String, @Nullable Object> trace, String key, String otherwise) {
        return trace.get(key) instanceof String text && !text.isEmpty() ? text : otherwise;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return value == null ? "" : value.toString();
    }

    private static List<Double> numbers(List<?> values) {
        List<Double> numbers = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof String) {
                throw new IllegalArgumentException("a value of the figure is a text: '" + value + "'");
            }
            numbers.add(value instanceof Number number ? number.doubleValue() : Double.NaN);
        }
        return numbers;
    }
}

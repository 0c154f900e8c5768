package org.spdbook.magics.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Axis;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Grid;
import org.spdbook.chart.HeatMap;
import org.spdbook.chart.Interval;
import org.spdbook.chart.PictureGrid;
import org.spdbook.chart.Range;
import org.spdbook.chart.Series;
import org.spdbook.data.Pixels;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.Renderer;
import org.xml.sax.InputSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.HistogramTrace;
import tech.tablesaw.plotly.traces.PieTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;

class RenderersTest {

    private static final double[] THREE = {0, 1, 2};

    /** The bundle of the one renderer found by ServiceLoader that knows the value. */
    private static DisplayBundle bundle(Object value) {
        List<DisplayBundle> bundles = ServiceLoader.load(Renderer.class).stream()
                .map(provider -> provider.get().render(value))
                .flatMap(Optional::stream)
                .toList();
        assertThat(bundles).hasSize(1);
        assertThat(bundles.get(0).data().toString()).doesNotContain("<script", "cdn.");
        return bundles.get(0);
    }

    private static JsonObject plotly(DisplayBundle bundle) {
        return new GsonBuilder()
                .serializeNulls()
                .create()
                .toJsonTree(bundle.data().get("application/vnd.plotly.v1+json"))
                .getAsJsonObject();
    }

    private static JsonObject trace(JsonObject figure, int index) {
        return figure.getAsJsonArray("data").get(index).getAsJsonObject();
    }

    private static String svg(DisplayBundle bundle) throws Exception {
        String svg = (String) bundle.data().get("image/svg+xml");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        return svg;
    }

    @Test
    void should_show_empty_markers_and_dots_when_a_series_is_hollow() throws Exception {
        Chart chart = Chart.of("Rates", Axis.log("rate", ""), Axis.linear("accuracy", "%"), "Both.")
                .with(Series.line("OOD", new double[] {1, 2}, new double[] {3, 4})
                        .withMethod("adamw"))
                .with(Series.line("ID", new double[] {1, 2}, new double[] {5, 6})
                        .withMethod("adamw")
                        .asHollow());
        JsonObject figure = plotly(bundle(chart));

        JsonObject filled = trace(figure, 0).getAsJsonObject("marker");
        JsonObject hollow = trace(figure, 1).getAsJsonObject("marker");
        assertThat(filled.get("symbol").getAsString()).isEqualTo("square");
        assertThat(hollow.get("symbol").getAsString()).isEqualTo("square-open");
        assertThat(hollow.get("color")).isEqualTo(filled.get("color"));
        assertThat(trace(figure, 1).getAsJsonObject("line").get("dash").getAsString())
                .isEqualTo("dot");
    }

    @Test
    void should_show_pictures_and_a_sentence_when_a_grid_of_pictures_is_rendered() throws Exception {
        var grid = new PictureGrid(
                "Title",
                2,
                List.of(new PictureGrid.Picture(
                        new Pixels(1, 1, Pixels.RGB, new byte[3]), List.of(PictureGrid.Line.of("<cat>")))),
                "One picture.",
                "");
        DisplayBundle bundle = bundle(grid);

        assertThat(bundle.plain()).isEqualTo("One picture.");
        assertThat(svg(bundle)).contains("data:image/png;base64,", "&lt;cat&gt;");
    }

    @Test
    void should_show_picture_plotly_and_sentence_when_a_chart_of_lines_is_rendered() throws Exception {
        Chart chart = Chart.of("It's <loss>", Axis.linear("step", ""), Axis.log("loss", "nats"), "Both fall.")
                .with(Series.line("adamw", THREE, new double[] {2.5, Double.NaN, 0.25}))
                .with(Series.scatter("adam-spd", THREE, new double[] {2, 1, 0.5})
                        .withLabels(List.of("1", "\"b\"", "c'<"))
                        .withInterval(Interval.of("s.d.", new double[] {1, 0.5, 0.25}, new double[] {3, 2, 1})));
        DisplayBundle bundle = bundle(chart);
        JsonObject figure = plotly(bundle);
        JsonObject layout = figure.getAsJsonObject("layout");

        assertThat(bundle.plain()).isEqualTo("Both fall.");
        assertThat(bundle.data()).containsOnlyKeys("text/plain", "image/svg+xml", "application/vnd.plotly.v1+json");
        assertThat(svg(bundle)).contains("aria-label=\"Both fall.\"");
        assertThat(trace(figure, 0).get("x").toString()).isEqualTo("[0.0,1.0,2.0]");
        assertThat(trace(figure, 0).get("y").toString()).isEqualTo("[2.5,null,0.25]");
        assertThat(trace(figure, 0).get("mode").getAsString()).isEqualTo("lines+markers");
        assertThat(trace(figure, 0).getAsJsonObject("marker").get("symbol").getAsString())
                .isEqualTo("square");
        assertThat(trace(figure, 1).get("mode").getAsString()).isEqualTo("markers+text");
        assertThat(trace(figure, 1).get("text").toString()).isEqualTo("[\"1\",\"\\\"b\\\"\",\"c'<\"]");
        assertThat(trace(figure, 1).getAsJsonObject("error_y").get("array").toString())
                .isEqualTo("[1.0,1.0,0.5]");
        assertThat(layout.getAsJsonObject("title").get("text").getAsString()).isEqualTo("It's <loss>");
        assertThat(layout.getAsJsonObject("yaxis").get("type").getAsString()).isEqualTo("log");
        assertThat(layout.getAsJsonObject("yaxis")
                        .getAsJsonObject("title")
                        .get("text")
                        .getAsString())
                .isEqualTo("loss (nats)");
    }

    @Test
    void should_name_categories_and_reverse_rows_when_bars_and_heat_maps_are_rendered() {
        Axis sets = Axis.categories("set", List.of("a", "b", "c"));
        Axis accuracy = Axis.linear("accuracy", "%");
        Chart standing = Chart.of("A", sets, accuracy, "B.")
                .with(Series.bars("adamw", 1, 2, 3))
                .with(Series.line("chance", THREE, new double[] {1, 1, 1}));
        Chart lying = Chart.of("A", accuracy, sets, "B.").with(Series.bars("adamw", 1, 2, 3));
        HeatMap map = HeatMap.of(
                List.of("r", "s"),
                List.of("1", "2"),
                new double[][] {{0, 1}, {Double.NaN, 0.5}},
                "share",
                new Range(0, 1));
        Chart heat = Chart.of("A", Axis.linear("step", ""), Axis.linear("", ""), "B.")
                .withHeatMap(map);

        assertThat(trace(plotly(bundle(standing)), 0).get("x").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(trace(plotly(bundle(standing)), 1).get("x").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(trace(plotly(bundle(lying)), 0).get("orientation").getAsString())
                .isEqualTo("h");
        assertThat(trace(plotly(bundle(lying)), 0).get("x").toString()).isEqualTo("[1.0,2.0,3.0]");
        JsonObject figure = plotly(bundle(heat));
        assertThat(trace(figure, 0).get("z").toString()).isEqualTo("[[0.0,1.0],[null,0.5]]");
        assertThat(trace(figure, 0).has("colorscale")).isTrue();
        assertThat(figure.getAsJsonObject("layout")
                        .getAsJsonObject("yaxis")
                        .get("autorange")
                        .getAsString())
                .isEqualTo("reversed");
    }

    @Test
    void should_show_html_and_text_when_a_table_of_results_is_rendered() {
        DisplayBundle bundle = bundle(Grid.of(List.of("method", "OOD"), List.of(List.of("<i>", "30.9"))));

        assertThat(bundle.data()).containsOnlyKeys("text/plain", "text/html");
        assertThat((String) bundle.data().get("text/html"))
                .contains("&lt;i&gt;")
                .doesNotContain("<i>");
    }

    @Test
    void should_show_the_first_rows_and_say_so_when_a_tablesaw_table_is_long() {
        int[] steps = IntStream.range(0, 1234).toArray();
        double[] losses =
                Arrays.stream(steps).mapToDouble(step -> 1.0 / (step + 1)).toArray();
        losses[1] = Double.NaN;
        String[] names =
                Arrays.stream(steps).mapToObj(step -> "<n" + step + ">").toArray(String[]::new);
        Table table = Table.create(
                "runs",
                IntColumn.create("step", steps),
                DoubleColumn.create("loss", losses),
                StringColumn.create("name", names));
        DisplayBundle bundle = bundle(table);
        String html = (String) bundle.data().get("text/html");

        assertThat(html.split("<tr>", -1)).hasSize(1 + 1 + 50);
        assertThat(html)
                .contains("50 of 1,234 rows and 3 of 3 columns shown.", "&lt;n0&gt;")
                .doesNotContain("NaN");
        assertThat(bundle.plain().lines()).hasSize(1 + 2 + 50 + 1);
        assertThat(bundle(Table.create("empty")).plain()).isEqualTo("The table empty has no columns.");
    }

    @Test
    void should_show_json_picture_and_sentence_when_a_figure_of_the_user_is_rendered() throws Exception {
        Layout layout = Layout.builder("It's a loss", "step", "loss").build();
        Figure lines = new Figure(
                layout,
                ScatterTrace.builder(THREE, new double[] {3, 2, 1})
                        .mode(ScatterTrace.Mode.LINE)
                        .name("first & last")
                        .build());
        DisplayBundle bundle = bundle(lines);

        assertThat(bundle.plain()).isEqualTo("Figure 'It's a loss': 1 scatter trace (loss over step), 3 values.");
        assertThat(trace(plotly(bundle), 0).get("y").toString()).isEqualTo("[3.0,2.0,1.0]");
        assertThat(svg(bundle)).contains("It's a loss", "first &amp; last");
    }

    @Test
    void should_draw_bars_histograms_and_heat_maps_when_figures_hold_them() throws Exception {
        Figure bars = new Figure(
                BarTrace.builder(new String[] {"a", "b"}, new double[] {1, 2}).build());
        double[] many = IntStream.range(0, 100).mapToDouble(i -> i / 10.0).toArray();
        Figure histogram = new Figure(HistogramTrace.builder(many).nBinsX(5).build());
        Figure heat =
                new Figure(HeatmapTrace.builder(new String[] {"x", "y"}, new String[] {"row"}, new double[][] {{1, 2}})
                        .build());

        assertThat(svg(bundle(bars))).contains(">a</text>", ">b</text>");
        assertThat(svg(bundle(histogram))).contains(">0–2</text>", ">8–10</text>", ">count</text>");
        assertThat(svg(bundle(heat))).contains(">row</text>", ">y</text>");
    }

    @Test
    void should_leave_the_picture_out_when_a_figure_is_of_another_kind() {
        Figure pie = new Figure(
                PieTrace.builder(new Object[] {"a", "b"}, new double[] {1, 2}).build());
        DisplayBundle bundle = bundle(pie);

        assertThat(bundle.data()).containsOnlyKeys("text/plain", "application/vnd.plotly.v1+json");
        assertThat(trace(plotly(bundle), 0).get("type").getAsString()).isEqualTo("pie");
        assertThat(bundle.plain()).isEqualTo("Figure: 1 pie trace, 2 values.");
    }

    @Test
    void should_count_every_value_once_when_binned() {
        List<Double> values = List.of(-1.0, -0.5, 0.0, 0.1, 0.3, 2.0, Double.NaN);
        Bins bins = Bins.of(values, 0);

        assertThat(bins.counts(values)).containsExactly(2, 3, 0, 1);
        assertThat(bins.names().get(0)).isEqualTo("-1–0");
        assertThat(Bins.of(List.of(3.0, 3.0), 0).counts(List.of(3.0, 3.0))).containsExactly(2);
    }
}

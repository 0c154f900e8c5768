package org.spdbook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlotlyJsonTest {

    private static JsonObject json(Chart chart) {
        return new GsonBuilder()
                .serializeNulls()
                .create()
                .toJsonTree(PlotlyJson.of(chart))
                .getAsJsonObject();
    }

    private static JsonObject trace(JsonObject figure, int index) {
        return figure.getAsJsonArray("data").get(index).getAsJsonObject();
    }

    @Test
    void should_keep_numbers_scale_and_range_when_lines_are_converted() {
        Chart chart = Chart.of(
                        "Loss",
                        Axis.linear("step", ""),
                        Axis.log("loss", "nats").withRange(0.01, 10),
                        "It falls.")
                .with(Series.line("adam-spd", new double[] {0, 1, 2}, new double[] {2.5, Double.NaN, 0.25}));
        JsonObject figure = json(chart);
        JsonObject trace = trace(figure, 0);

        assertThat(trace.getAsJsonArray("x").toString()).isEqualTo("[0.0,1.0,2.0]");
        assertThat(trace.getAsJsonArray("y").toString()).isEqualTo("[2.5,null,0.25]");
        assertThat(trace.get("mode").getAsString()).isEqualTo("lines+markers");
        assertThat(trace.getAsJsonObject("marker").get("color").getAsString()).isEqualTo("#0072B2");
        JsonObject y = figure.getAsJsonObject("layout").getAsJsonObject("yaxis");
        assertThat(y.get("type").getAsString()).isEqualTo("log");
        assertThat(y.get("range").toString()).isEqualTo("[-2.0,1.0]");
        assertThat(y.getAsJsonObject("title").get("text").getAsString()).isEqualTo("loss (nats)");
    }

    @Test
    void should_give_distances_and_category_names_when_bars_have_error_bars() {
        Interval interval = Interval.of("s.d.", new double[] {1, 3}, new double[] {4, 4.5});
        Chart standing = Chart.of("A", Axis.categories("set", List.of("a", "b")), Axis.linear("v", ""), "B.")
                .with(Series.bars("adamw", 2, 4).withInterval(interval));
        Chart lying = Chart.of("A", Axis.linear("v", ""), Axis.categories("set", List.of("a", "b")), "B.")
                .with(Series.bars("adamw", 2, 4).withInterval(interval));
        JsonObject upright = trace(json(standing), 0);
        JsonObject flat = trace(json(lying), 0);

        assertThat(upright.get("x").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(upright.getAsJsonObject("error_y").get("array").toString()).isEqualTo("[2.0,0.5]");
        assertThat(upright.getAsJsonObject("error_y").get("arrayminus").toString())
                .isEqualTo("[1.0,1.0]");
        assertThat(flat.get("orientation").getAsString()).isEqualTo("h");
        assertThat(flat.get("y").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(flat.get("x").toString()).isEqualTo("[2.0,4.0]");
        assertThat(flat.has("error_x")).isTrue();
    }

    @Test
    void should_have_bars_both_ways_when_points_have_error_bars_across() {
        Interval up = Interval.of("s.d.", new double[] {1, Double.NaN}, new double[] {4, Double.NaN});
        Interval across = Interval.of("s.d.", new double[] {8, 19}, new double[] {13, 22});
        Chart chart = Chart.of("A", Axis.linear("u", ""), Axis.linear("v", ""), "B.")
                .with(Series.scatter("adamw", new double[] {10, 20}, new double[] {2, 3})
                        .withInterval(up)
                        .withIntervalAcross(across));
        JsonObject trace = trace(json(chart), 0);
        String svg = SvgWriter.standard().write(chart);

        assertThat(trace.getAsJsonObject("error_x").get("array").toString()).isEqualTo("[3.0,2.0]");
        assertThat(trace.getAsJsonObject("error_x").get("arrayminus").toString())
                .isEqualTo("[2.0,1.0]");
        assertThat(trace.getAsJsonObject("error_y").get("array").toString()).isEqualTo("[2.0,null]");
        assertThat(svg.split("Error bars: s.d.", -1)).hasSize(2); // told once
        // one standing and two lying bars of three strokes each; without the lying ones three strokes
        assertThat(strokes(svg)).isEqualTo(9);
        assertThat(Extent.ofPlaces(chart).low()).isLessThan(8);
        assertThat(Extent.ofPlaces(chart).high()).isGreaterThan(22);
    }

    /** Strokes of the first path with the width of error bars. */
    private static long strokes(String svg) {
        var path =
                Pattern.compile("<path d=\"([^\"]*)\"[^>]*stroke-width=\"1.2\"").matcher(svg);
        assertThat(path.find()).isTrue();
        return path.group(1)
                .toLowerCase(Locale.ROOT)
                .chars()
                .filter(c -> c == 'm')
                .count();
    }

    @Test
    void should_refuse_bars_across_when_a_line_has_them() {
        Interval bars = Interval.of("s.d.", new double[] {0}, new double[] {2});
        Chart chart = Chart.of("A", Axis.linear("u", ""), Axis.linear("v", ""), "B.");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chart.with(
                        Series.line("adamw", new double[] {1}, new double[] {2}).withIntervalAcross(bars)))
                .withMessageContaining("error bars across, which go with points");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Series.scatter("adamw", new double[2], new double[2]).withIntervalAcross(bars))
                .withMessageContaining("has 2 values but 1 error bars across");
    }

    @Test
    void should_hold_all_cells_with_gaps_as_null_when_a_heat_map_is_converted() {
        JsonObject trace = trace(json(Samples.selection()), 0);
        JsonArray z = trace.getAsJsonArray("z");

        assertThat(trace.get("type").getAsString()).isEqualTo("heatmap");
        assertThat(z.size()).isEqualTo(18);
        assertThat(z.get(3).getAsJsonArray().get(5).isJsonNull()).isTrue();
        assertThat(trace.get("zmax").getAsDouble()).isEqualTo(1);
    }
}

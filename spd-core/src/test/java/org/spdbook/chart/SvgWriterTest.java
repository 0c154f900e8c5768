package org.spdbook.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Ticks.Tick;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgWriterTest {

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    @Test
    void should_be_well_formed_accessible_and_without_broken_numbers_when_any_kind_is_written() throws Exception {
        for (Map.Entry<String, Chart> sample : Samples.all().entrySet()) {
            String svg = SvgWriter.standard().write(sample.getValue());
            Document document = parse(svg);

            assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
            assertThat(document.getDocumentElement().getAttribute("aria-label"))
                    .isEqualTo(sample.getValue().message());
            assertThat(texts(document, "title"))
                    .containsExactly(sample.getValue().title());
            assertThat(texts(document, "desc"))
                    .containsExactly(sample.getValue().message());
            assertThat(svg).as(sample.getKey()).doesNotContain("NaN", "Infinity", "null", "<script", " id=");
            assertThat(svg.length()).as(sample.getKey()).isLessThan(20_000);
        }
    }

    @Test
    void should_show_texts_as_they_are_when_they_hold_markup_and_forbidden_characters() throws Exception {
        Chart chart = Chart.of(
                        "<b>&\"'\u0001",
                        Axis.categories("a<b", List.of("x&y", "</text>")),
                        Axis.linear("]]>", "%"),
                        "<script>alert(1)</script>")
                .with(Series.bars("<i>", 1, 2));

        Document document = parse(SvgWriter.standard().write(chart));

        assertThat(texts(document, "title")).containsExactly("<b>&\"'\uFFFD");
        assertThat(texts(document, "text")).contains("a<b", "x&y", "</text>", "]]> (%)", "<i>");
        assertThat(texts(document, "script")).isEmpty();
    }

    @Test
    void should_give_the_same_bytes_when_written_again_in_another_locale() throws Exception {
        StringBuilder all = new StringBuilder();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            Samples.all()
                    .values()
                    .forEach(chart -> all.append(SvgWriter.standard().write(chart)));
        } finally {
            Locale.setDefault(before);
        }
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);

        assertThat(HexFormat.of().formatHex(hash))
                .as("changes with every change of the drawing: look at the samples, then set it anew")
                .isEqualTo("843864f27246dc350671a6e13a2db27f81dd6b5d07eab2733edd6c4799d4e419");
    }

    @Test
    void should_keep_tick_texts_apart_and_inside_when_charts_are_narrow_or_wide() {
        for (int width : new int[] {240, 400, 640, 1200}) {
            for (Chart chart : Samples.all().values()) {
                if (chart.heatMap() == null) {
                    checkTicks(SeriesLayout.of(chart, width, 360), width, chart);
                }
            }
        }
    }

    private static void checkTicks(SeriesLayout layout, int width, Chart chart) {
        Frame frame = layout.frame();
        double end = 0;
        for (Tick tick : layout.xTicks()) {
            double half = layout.turned() ? 5.5 : TextWidth.of(tick.text(), SeriesLayout.TICK_SIZE) / 2;
            double start = frame.px(tick.value()) - half;
            assertThat(start)
                    .as("%s at %s, tick %s", chart.title(), width, tick)
                    .isGreaterThan(end);
            end = start + 2 * half;
        }
        assertThat(end).isLessThanOrEqualTo(width);
        double above = layout.height();
        for (Tick tick : layout.yTicks()) {
            double y = frame.py(tick.value());
            assertThat(Math.abs(above - y))
                    .as("%s at %s, tick %s", chart.title(), width, tick)
                    .isGreaterThan(11);
            assertThat(TextWidth.of(tick.text(), SeriesLayout.TICK_SIZE)).isLessThan(frame.left());
            above = y;
        }
    }

    @Test
    void should_put_point_labels_apart_when_points_crowd() throws Exception {
        Document document = parse(SvgWriter.standard().write(Samples.crowded()));
        NodeList nodes = document.getElementsByTagName("text");
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            var element = (org.w3c.dom.Element) nodes.item(i);
            if (element.getTextContent().startsWith("λ")) {
                double x = Double.parseDouble(element.getAttribute("x"));
                double y = Double.parseDouble(element.getAttribute("y"));
                boxes.add(Box.ofText(element.getTextContent(), 10.5, x, y));
            }
        }

        assertThat(boxes).hasSize(8);
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(boxes.get(i).overlap(boxes.get(j))).isLessThan(0.5);
            }
        }
    }

    @Test
    void should_draw_whiskers_and_empty_markers_and_keep_texts_off_lines_when_a_line_has_few_points() throws Exception {
        double[] x = {1e-3, 3e-3};
        Chart chart = Chart.of("Rates", Axis.log("rate", ""), Axis.linear("accuracy", "%"), "A line.")
                .with(Series.line("adam-spd", x, new double[] {50, 50})
                        .withLabels(List.of("", "lambda 2"))
                        .withInterval(Interval.of("s.e.", new double[] {49, 49}, new double[] {51, 51})))
                .with(Series.line("ID", x, new double[] {60, 60})
                        .withMethod("adam-spd")
                        .asHollow());
        Document document = parse(SvgWriter.standard().write(chart));
        Frame frame = SeriesLayout.of(chart, 640, 360).frame();
        NodeList nodes = document.getElementsByTagName("text");

        assertThat(SvgWriter.standard().write(chart))
                .doesNotContain("fill-opacity")
                .contains("Error bars: s.e.");
        NodeList circles = document.getElementsByTagName("circle");
        List<String> fills = new ArrayList<>();
        for (int i = 0; i < circles.getLength(); i++) {
            fills.add(((org.w3c.dom.Element) circles.item(i)).getAttribute("fill"));
        }
        assertThat(fills).filteredOn("#fff"::equals).hasSize(3);
        assertThat(fills).filteredOn("#0072B2"::equals).hasSize(3);
        for (int i = 0; i < nodes.getLength(); i++) {
            var element = (org.w3c.dom.Element) nodes.item(i);
            if (element.getTextContent().equals("lambda 2")) {
                double left = Double.parseDouble(element.getAttribute("x"));
                Box box = Box.ofText("lambda 2", 10.5, left, Double.parseDouble(element.getAttribute("y")));
                Box line = new Box(frame.px(1e-3), frame.py(50) - 1, frame.px(3e-3), frame.py(50) + 1);
                assertThat(box.overlap(line)).isZero();
            }
        }
    }

    @Test
    void should_draw_something_sensible_when_data_are_single_constant_or_missing() throws Exception {
        double[] one = {3};
        for (double value : new double[] {0, -2, 1e-12, 1e12, Double.NaN}) {
            Chart chart = Chart.of("One point", Axis.linear("x", ""), Axis.linear("y", ""), "One point.")
                    .with(Series.line("adamw", one, new double[] {value}))
                    .with(Series.scatter("adam-spd", one, new double[] {value}));
            String svg = SvgWriter.standard().write(chart);

            assertThat(parse(svg).getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(svg).doesNotContain("NaN", "Infinity");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new SvgWriter(100, 100));
    }

    @Test
    void should_keep_the_ends_of_a_long_run_when_points_are_thinned() {
        int n = 50_000;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i;
            y[i] = i == 31_234 ? 10 : 1;
        }
        Chart chart = Chart.of(
                        "Spike", Axis.linear("x", ""), Axis.linear("y", "").withRange(0, 10), "A spike.")
                .with(Series.line("adamw", x, y));
        String svg = SvgWriter.standard().write(chart);
        double tall = SeriesLayout.of(chart, 640, 360).frame().height() * 0.9;

        assertThat(svg.length()).isLessThan(8_000);
        assertThat(svg).contains("-" + Decimal.pixels(tall, 1));
    }
}

package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.chart.Chart;
import org.spdbook.chart.PictureGrid;
import org.spdbook.chart.Series;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.table.Table;
import org.spdbook.kernel.display.Renderers;

/** Plots of the tables under {@code results} show the numbers of those tables. */
class StoredPlotsTest {

    private static final String RESULTS = "../results/";

    @TempDir
    private Path folder;

    private Object spd(String words) throws Exception {
        return new SpdMagic(new RunStore(folder)).run(new FakeSession().call(words));
    }

    private static Series named(Chart chart, String name) {
        return chart.series().stream()
                .filter(series -> series.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Table.Summary> summary(String file) throws Exception {
        return Table.fromJson(Files.readString(Path.of(RESULTS + file))).summary();
    }

    @Test
    void should_show_the_means_of_the_table_when_rates_are_plotted() throws Exception {
        for (String file : List.of("emoji-table1.json", "domainnet-table1.json")) {
            Chart chart = (Chart) spd("plot rates --stored " + RESULTS + file);

            for (Table.Summary row : summary(file)) {
                String method = row.method() + (row.lambda() == 0 ? "" : ", lambda " + (int) row.lambda());
                Series ood = named(chart, method + " OOD");
                Series id = named(chart, method + " ID");
                int at = ood.x().indexOf(row.lr());
                assertThat(ood.y().get(at)).isCloseTo(row.ood(), within(1e-9));
                assertThat(id.y().get(at)).isCloseTo(row.id(), within(1e-9));
            }
            assertThat(chart.note()).contains("15 pairs");
        }
    }

    @Test
    void should_show_the_means_of_the_table_when_lambda_and_frontier_are_plotted() throws Exception {
        String file = "domainnet-l2sp-table2.json";
        Chart lambda = (Chart) spd("plot lambda --stored domainnet-l2sp-table2");
        Chart frontier = (Chart) spd("plot frontier --stored " + RESULTS + file);

        List<Table.Summary> rows = summary(file);
        for (Table.Summary row : rows.stream().filter(row -> row.lambda() > 0).toList()) {
            Series ood = named(lambda, row.method() + " OOD");
            assertThat(ood.y().get(ood.x().indexOf(row.lambda()))).isCloseTo(row.ood(), within(1e-9));
        }
        assertThat(frontier.series().stream().mapToInt(Series::size).sum()).isEqualTo(rows.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    plot controls --stored emoji-controls | Points of OOD accuracy
                    plot variants --stored emoji-variants | Points of OOD accuracy
                    plot corruptions --stored pascal-table4 | 37.6 % with adam-spd head-rate=8.0, the highest, and 23.6 % with adamw
                    plot corruptions --stored imagenet-table3 | Mean over the unseen sets, tuned
                    plot mechanism emoji | pulled back: 5
                    plot mechanism emoji --by time | ratio r
                    plot mechanism emoji --by class | classes gain
                    plot mechanism emoji --by deviation | Rank correlation
                    """)
    void should_draw_what_comes_with_the_software(String words, String message) throws Exception {
        assertThat(((Chart) spd(words)).message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    plot controls some-run | plot controls --stored emoji-controls
                    plot corruptions some-run | plot corruptions --stored pascal-table4
                    plot groups --stored emoji-table1 | those of emoji have none; choose plot frontier
                    plot groups | plot needs runs, or --stored TABLE
                    plot wise | plot wise takes one run
                    plot mechanism | plot mechanism takes one world
                    plot mechanism domainnet-l2sp | spd mechanism domainnet-l2sp --to FILE
                    plot mechanism emoji --by colour | view colour is not known
                    plot loss some-run --by depth | --by goes with plot mechanism
                    table controls --experiment domainnet-l2sp | spd match domainnet-l2sp
                    table controls --profile paper | not there in profile paper
                    """)
    void should_say_what_is_needed_when_it_cannot_be_drawn(String words, String sentence) {
        assertThatThrownBy(() -> spd(words)).hasMessageContaining(sentence);
    }

    @Test
    void should_take_other_domains_when_said() throws Exception {
        String words = "plot rates --stored " + RESULTS + "domainnet-table1.json";
        Chart usual = (Chart) spd(words);
        Chart all = (Chart) spd(words + " --domains all");

        assertThat(all.note()).contains("18 pairs");
        assertThat(all.series().get(0).y()).isNotEqualTo(usual.series().get(0).y());
    }

    @Test
    void should_write_the_picture_when_a_file_is_named() throws Exception {
        Path file = folder.resolve("rates.svg");
        spd("plot rates --stored " + RESULTS + "emoji-table1.json --svg " + file);

        assertThat(Files.readString(file)).startsWith("<svg").contains("Accuracy over the learning rate");
    }

    @Test
    void should_fit_in_a_notebook_when_pictures_of_a_world_are_shown() throws Exception {
        for (String words : List.of(
                "data emoji --show",
                "data domainnet --show",
                "data domainnet --show --on real",
                "data domainnet --show --on painting")) {
            PictureGrid pictures = (PictureGrid) spd(words);
            var bundle = new Renderers(Renderers.class.getClassLoader()).bundle(pictures);

            assertThat(bundle.plain()).isEqualTo(pictures.message());
            assertThat(String.valueOf(bundle.data().get("image/svg+xml")).length())
                    .as(words)
                    .isLessThan(100_000);
        }
        assertThat(((PictureGrid) spd("data emoji --show --on noto")).pictures())
                .hasSize(23);
        assertThat(((PictureGrid) spd("data emoji --show")).pictures()).hasSize(30);
    }
}

package org.spdbook.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spdbook.eval.Estimate;
import org.spdbook.train.History;

class TableTest {

    private static Run run(String optimizer, Map<String, String> options, double id, double ood) {
        return new Run(
                "made",
                ExperimentSpec.of("emoji", "noto", optimizer, 1e-3, 0, options),
                Map.of(),
                Map.of("noto", id, "black", ood),
                Double.NaN,
                2,
                new History(List.of(), List.of()),
                1.5);
    }

    @Test
    void should_be_equal_in_all_that_it_shows_when_written_and_read() {
        var table = new Table(
                "emoji",
                "twin",
                List.of(run("adamw", Map.of(), 40, 20), run("adam-spd", Map.of("lambda", "2.0"), 39, 25)));

        String json = TableJson.write(table, Map.of());

        Table read = Table.fromJson(json);

        assertThat(TableJson.write(read, Map.of())).isEqualTo(json);
        assertThat(read.comparisons()).singleElement().satisfies(pair -> {
            assertThat(pair.ood()).isEqualTo(Estimate.without(5));
            assertThat(pair.wins()).isEqualTo(1);
        });
    }

    @Test
    void should_say_what_is_wrong_when_the_file_is_no_table() {
        assertThatThrownBy(() -> Table.fromJson("{\"a\": 1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spd table 1 --to FILE");
    }
}

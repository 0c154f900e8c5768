package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Run;
import org.spdbook.optim.TensorReport;
import org.spdbook.train.History;
import org.spdbook.train.LogEntry;
import tech.tablesaw.api.Table;

class RunTablesTest {

    private final Run run = new Run(
            "name",
            ExperimentSpec.of("emoji", "noto", "adam-spd", 1e-3, 4, Map.of("lambda", "2")),
            Map.of(),
            Map.of("noto", 40.0),
            30,
            1.5,
            new History(
                    List.of("a", "b"),
                    List.of(
                            new LogEntry(1, 2.5, 1e-4, List.of(), List.of()),
                            new LogEntry(
                                    2,
                                    2.25,
                                    2e-4,
                                    List.of(new TensorReport(-1, true, 0.5), TensorReport.NONE),
                                    List.of(0.25, 0.75)))),
            1);

    @Test
    void should_hold_the_numbers_of_the_run_when_made_into_tables() {
        Table losses = RunTables.losses(run);
        Table scores = RunTables.scores(run, run);
        Table reports = RunTables.reports(run);

        assertThat(losses.columnNames()).containsExactly("step", "loss", "lr");
        assertThat(losses.doubleColumn("loss").asDoubleArray()).containsExactly(2.5, 2.25);
        assertThat(scores.rowCount()).isEqualTo(2);
        assertThat(scores.doubleColumn("noto").get(1)).isEqualTo(40);
        assertThat(scores.doubleColumn("lambda").get(0)).isEqualTo(2);
        assertThat(reports.rowCount()).isEqualTo(2);
        assertThat(reports.booleanColumn("selected").get(0)).isTrue();
        assertThat(reports.booleanColumn("selected").get(1)).isFalse();
        assertThat(reports.doubleColumn("deviation").asDoubleArray()).containsExactly(0.25, 0.75);
    }
}

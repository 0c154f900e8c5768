package org.spdbook.experiment.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.Chart;
import org.spdbook.chart.Series;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.Overlaps;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.MadeRuns;
import org.spdbook.experiment.Run;
import org.spdbook.optim.TensorReport;
import org.spdbook.train.History;
import org.spdbook.train.LogEntry;

class MechanismTest {

    private static final TensorReport PULLED = new TensorReport(-1, true, .5);
    private static final TensorReport LEFT = new TensorReport(1, false, 0);

    /** Three tensors and, after the first, twenty steps: the embedding is always pulled back, the block in the first half, the head never. */
    private static Run run(String batch) {
        List<LogEntry> entries = new ArrayList<>();
        for (int step = 1; step <= 21; step++) {
            List<TensorReport> reports =
                    step == 1 ? List.of(LEFT, LEFT, LEFT) : List.of(PULLED, step <= 11 ? PULLED : LEFT, LEFT);
            entries.add(new LogEntry(step, 1, 1e-3, reports, List.of(1.0, 2.0, 2.0)));
        }
        return new Run(
                "made",
                new ExperimentSpec(
                        "made", "twin", "noto", "adam-spd", 1e-3, 0, Map.of("lambda", "1"), Map.of("batch", batch)),
                Map.of(),
                Map.of("noto", 50.0, "black", 40.0),
                50,
                3,
                new History(List.of("embedding.weight", "blocks.0.weight", "norm.weight"), entries),
                1);
    }

    private static Map<String, Double> values(Curve curve) {
        Map<String, Double> values = new LinkedHashMap<>();
        curve.points().forEach(point -> values.put(point.place(), point.value()));
        return values;
    }

    @Test
    void should_count_pulls_by_layer_size_time_and_batch() {
        var selections = new Selections(List.of(run("32")));

        assertThat(values(selections.byDepth().get(0)))
                .containsExactly(Map.entry("stem", 100.0), Map.entry("block 1", 50.0), Map.entry("head", 0.0));
        assertThat(values(selections.byDepth().get(1)))
                .containsExactly(Map.entry("stem", 50.0), Map.entry("block 1", 50.0), Map.entry("head", 0.0));
        Map<String, Long> sizes = Map.of("embedding.weight", 5000L, "blocks.0.weight", 1000L, "norm.weight", 99L);
        assertThat(values(selections.bySize(sizes).get(0)))
                .containsExactly(Map.entry("1e1 to 1e2", 0.0), Map.entry("1e3 to 1e4", 75.0));
        List<Curve.Point> tenths = selections.byTime().get(0).points();
        assertThat(tenths).hasSize(10);
        assertThat(tenths.get(0).value()).isEqualTo(200.0 / 3, within(1e-9));
        assertThat(tenths.get(9).value()).isEqualTo(100.0 / 3, within(1e-9));
        assertThat(values(
                        new Selections(List.of(run("16"), run("64"))).byBatch().get(0)))
                .containsExactly(Map.entry("16", 50.0), Map.entry("64", 50.0));
    }

    @Test
    void should_give_each_class_its_own_gain() {
        List<Run> a = List.of(hits("adamw", 1, 1), hits("adamw", 1, 1));
        List<Run> b = List.of(hits("adam-spd", 1, 0));
        var gains = new ClassGains(List.of("first", "second", "none"), Map.of(0L, new long[] {0, 0, 1, 1}), true);

        List<Curve.Point> points = gains.of(a.subList(0, 1), b);

        // black: adamw has 2 of the first class and none of the second, adam-spd 1 and 1
        assertThat(points).extracting(Curve.Point::place).containsExactly("second", "first");
        assertThat(points).extracting(Curve.Point::value).containsExactly(50.0, -50.0);
        assertThat(points.get(0).low()).isNotNull().isLessThanOrEqualTo(50);
    }

    @Test
    void should_say_so_when_examples_have_no_scores_of_their_own() {
        var counter = new Overlaps.Counter(2, 255);
        counter.add(new long[] {1}, new long[] {1});
        ExperimentSpec spec = ExperimentSpec.of("made", "noto", "adamw", 1e-3, 0, Map.of());
        Map<String, Outcomes> masks = Map.of("noto", counter.overlaps(), "fog", counter.overlaps());
        List<Run> runs = List.of(
                new Run("made", "key", spec, Map.of(), Map.of(), masks, 50, 1, new History(List.of(), List.of()), 1));

        assertThatThrownBy(() -> new ClassGains(List.of("one"), Map.of(0L, new long[1]), true).of(runs, runs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("those of fog have none")
                .hasMessageContaining("choose another world");
    }

    /** On black the first example is answered right, then the second or the third. */
    private static Run hits(String optimizer, int first, int second) {
        Map<String, Outcomes> hits = new LinkedHashMap<>();
        hits.put("noto", Hits.of(new long[4], new long[4]));
        hits.put("black", Hits.of(new long[] {1 - first, 1 - second, second, 1}, new long[4]));
        ExperimentSpec spec = ExperimentSpec.of("made", "noto", optimizer, 1e-3, 0, Map.of());
        return new Run("made", "key", spec, Map.of(), Map.of(), hits, 50, 1, new History(List.of(), List.of()), 1);
    }

    @Test
    void should_be_the_same_when_written_and_read() {
        var mechanism = new Mechanism(
                1,
                "emoji",
                3,
                Map.of("class", List.of(new Curve("gain", List.of(new Curve.Point("cat", 1.5, -1.0, null))))),
                Map.of("software", "x"));

        assertThat(Mechanism.parse(mechanism.toJson())).isEqualTo(mechanism);
        assertThatThrownBy(() -> Mechanism.parse("{\"schema\": 9}")).hasMessageContaining("spd mechanism --to");
        assertThatThrownBy(() -> Mechanism.parse("no")).hasMessageContaining("spd mechanism --to");
    }

    @Test
    void should_tell_within_and_across_methods_apart_when_correlating() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            runs.add(MadeRuns.of("l2sp@1e-3/" + (i + 1), 0, 50, 30 - i, 50, 1 + i));
            runs.add(MadeRuns.of("adam-spd@1e-3/" + (i + 1), 0, 50, 60 - i, 50, 11 + i));
        }

        runs.add(MadeRuns.of("adamw@1e-3", 0, 50, 70, 50, 20));

        Chart chart = DeviationChart.of(runs);

        // within both methods of four settings the farther is the worse; across methods the farther is the better
        assertThat(chart.message())
                .contains("+0.67 over 9 settings", "from -1.00 to -1.00 within 2 methods", "+1.00 over the means of 3");
        assertThat(chart.series()).extracting(Series::name).contains("methods with fewer settings");
    }
}

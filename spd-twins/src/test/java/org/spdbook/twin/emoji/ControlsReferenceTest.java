package org.spdbook.twin.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.World;
import org.spdbook.experiment.table.Controls;
import org.spdbook.optim.step.ReferenceStep;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/** One cell of each control, once with the fused steps and once with those that are written like the paper. */
class ControlsReferenceTest {

    private static java.util.List<Controls.Row> rows() {
        return Controls.of("emoji").rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Tag("slow")
    void should_give_the_same_run_when_the_reference_makes_the_steps(Controls.Row row) {
        World world = World.named("emoji");
        Plan plan = Plan.of(row.setting().on("emoji", world.profile(), "twemoji", 1));

        Run fused = Experiment.unstored(plan, Progress.SILENT, new Cancel());
        Run reference = Experiment.unstored(plan, new ReferenceStep());

        // rounding differs in the last bits and 128 steps carry it on: one of 162 drawings is 0.6 points
        assertThat(reference.deviation()).isCloseTo(fused.deviation(), within(0.005 * fused.deviation()));
        fused.scores()
                .forEach((set, accuracy) ->
                        assertThat(reference.accuracy(set)).as(set).isCloseTo(accuracy, within(1.3)));
        for (int i = 0; i < 40; i++) {
            assertThat(reference.losses().get(i)).isCloseTo(fused.losses().get(i), within(2e-3));
        }
    }
}

package org.spdbook.twin.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/** LP-FT: a linear probe, then fine-tuning from it. */
class ProbeFirstTest {

    private static Run trained(double lr, Map<String, String> settings) {
        var spec = new ExperimentSpec("imagenet", "twin", "imagenet", "adam", lr, 2, Map.of(), settings);
        return Experiment.unstored(Plan.of(spec), Progress.SILENT, new Cancel());
    }

    @Test
    void should_begin_where_a_linear_probe_ends_when_asked_to() {
        Run probe = trained(.01, Map.of("trained", "head", "epochs", "2"));
        Run afterwards = trained(1e-30, Map.of("start", "probe(2 0.01)", "epochs", "1"));

        assertThat(afterwards.outcomes()).isEqualTo(probe.outcomes());
        assertThat(afterwards.deviation()).isEqualTo(probe.deviation());
        assertThat(afterwards.zeroShot()).isEqualTo(probe.zeroShot());
        assertThat(afterwards.scores()).isNotEqualTo(afterwards.zeroShot());
        assertThat(afterwards.losses().get(0)).isLessThan(probe.losses().get(0));
    }
}

package org.spdbook.twin.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.WiseCurve;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

class WiseCurveTest {

    @TempDir
    private Path folder;

    @Test
    void should_go_from_the_pretrained_scores_to_those_of_the_run() throws Exception {
        var spec =
                new ExperimentSpec("imagenet", "twin", "imagenet", "adamw", 3e-3, 1, Map.of(), Map.of("epochs", "1"));
        var store = new RunStore(folder);
        Run run = Experiment.train(Plan.of(spec), store, Recording.defaults(), Progress.SILENT, new Cancel());

        WiseCurve curve = WiseCurve.of(store.find(run.name()));

        List<WiseCurve.Point> points = curve.points();
        assertThat(points).hasSize(11);
        assertThat(points.get(0).id()).isEqualTo(run.zeroShot().get("imagenet"));
        assertThat(points.get(0).ood()).isCloseTo(run.oodBefore(), within(1e-9));
        assertThat(points.get(10).id()).isCloseTo(run.id(), within(.2)); // a + 1 (p - a) rounds otherwise than p
        assertThat(points.get(10).ood()).isCloseTo(run.ood(), within(.2));
        assertThat(points.get(5).id()).isNotEqualTo(points.get(0).id());
        assertThat(curve.chart().message()).startsWith("Of adamw epochs=1 3e-3 the best OOD in hindsight is at ");
    }
}

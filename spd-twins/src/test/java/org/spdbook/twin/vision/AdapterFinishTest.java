package org.spdbook.twin.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.experiment.CancelledRunException;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.WiseCurve;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import org.spdbook.train.Seeds;
import org.spdbook.weights.Safetensors;

/** WiSE-FT of LoRA, and LoRA after a probe of a head that then stays: what is trained, stored and tested. */
class AdapterFinishTest {

    private static final String HEAD = "head";

    @TempDir
    private static Path shared;

    private static RunFolder plain;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trained() throws IOException {
        plain = stored(shared, Map.of());
    }

    /** One epoch of LoRA with the head left as it is, when nothing else is said. */
    private static Plan plan(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("epochs", "1", "trained", "lora", "head", "excluded"));
        all.putAll(settings);
        return Plan.of(new ExperimentSpec("imagenet", "twin", "imagenet", "adamw", 3e-3, 1, Map.of(), all));
    }

    private static RunFolder stored(Path root, Map<String, String> settings) throws IOException {
        var store = new RunStore(root);
        Run run = Experiment.train(plan(settings), store, Recording.defaults(), Progress.SILENT, new Cancel());
        return store.find(run.name());
    }

    private RunFolder interrupted(Map<String, String> settings) throws IOException {
        var store = new RunStore(folder.resolve("interrupted"));
        var cancel = new Cancel();
        Progress stop = (step, steps, loss) -> {
            if (step == 5) {
                cancel.ask();
            }
        };
        assertThatThrownBy(() -> Experiment.train(plan(settings), store, Recording.defaults(), stop, cancel))
                .isInstanceOf(CancelledRunException.class);
        RunFolder run = store.list().get(0);
        Experiment.resume(run, Recording.defaults(), Progress.SILENT, new Cancel());
        return run;
    }

    private static Map<String, float[]> model(RunFolder run) throws IOException {
        Map<String, float[]> tensors = new TreeMap<>();
        try (Safetensors model = Safetensors.open(run.model())) {
            model.names().forEach(name -> tensors.put(name, model.floats(name)));
        }
        return tensors;
    }

    /** Adapters as the seed of the runs makes them, put into a model of their own. */
    private static Map<String, float[]> fresh() {
        Plan plan = plan(Map.of());
        Map<String, float[]> tensors = new LinkedHashMap<>();
        try (OpenWorld open = plan.world().open("imagenet", 1)) {
            open.attach(
                    plan.recipe().adapters(plan.world()).orElseThrow(), new Seeds(1).stream("fresh adapters", 0, 0));
            open.weights().forEach((name, array) -> tensors.put(name, array.toFloatArray()));
        }
        return tensors;
    }

    @Test
    void should_be_the_untrained_model_when_nothing_of_the_way_is_gone() throws IOException {
        RunFolder none = stored(folder, Map.of("finish", "wise(0)"));
        Run run = none.load();

        assertThat(run.scores()).isEqualTo(run.zeroShot());
        Map<String, float[]> fresh = fresh();
        model(none).forEach((name, values) -> assertThat(values).as(name).isEqualTo(fresh.get(name)));
        assertThat(plain.load().scores()).isNotEqualTo(run.zeroShot());
    }

    @Test
    void should_be_the_trained_model_to_the_last_bit_when_the_whole_way_is_gone() throws IOException {
        RunFolder whole = stored(folder, Map.of("finish", "wise(1)"));

        Map<String, float[]> trained = model(plain);
        assertThat(model(whole))
                .hasSameSizeAs(trained)
                .allSatisfy((name, values) -> assertThat(values).isEqualTo(trained.get(name)));
        assertThat(whole.load().outcomes()).isEqualTo(plain.load().outcomes());
    }

    @Test
    void should_be_the_mean_of_each_factor_when_half_of_the_way_is_gone() throws IOException {
        RunFolder half = stored(folder, Map.of("finish", "wise(0.5)"));

        Map<String, float[]> fresh = fresh();
        Map<String, float[]> trained = model(plain);
        model(half).forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                float mean = (fresh.get(name)[i] + trained.get(name)[i]) / 2;
                assertThat(values[i]).as(name).isCloseTo(mean, within(2 * Math.ulp(Math.max(Math.abs(mean), .01f))));
            }
        });
        assertThat(half.load().scores()).isNotEqualTo(plain.load().scores());
        assertThat(interrupted(Map.of("finish", "wise(0.5)")).model()).hasSameBinaryContentAs(half.model());
    }

    @Tag("slow")
    @Test
    void should_go_from_the_pretrained_scores_to_those_of_the_run_when_it_trained_adapters() throws IOException {
        List<WiseCurve.Point> points = WiseCurve.of(plain).points();

        Run run = plain.load();
        assertThat(points.get(0).id()).isEqualTo(run.zeroShot().get("imagenet"));
        assertThat(points.get(0).ood()).isCloseTo(run.oodBefore(), within(1e-9));
        assertThat(points.get(10).id()).isCloseTo(run.id(), within(.2)); // a + 1 (p - a) rounds otherwise than p
        assertThat(points.get(5).id())
                .isCloseTo(stored(folder, Map.of("finish", "wise(0.5)")).load().id(), within(1e-9));
    }

    @Tag("slow")
    @Test
    void should_store_the_head_of_the_probe_when_it_stays_there() throws IOException {
        Map<String, String> settings = Map.of("start", "probe(1 0.01)");
        RunFolder run = stored(folder, settings);

        Map<String, float[]> model = model(run);
        assertThat(model.keySet()).contains(HEAD).hasSize(model(plain).size() + 1);
        assertThat(model.get(HEAD)).isNotEqualTo(fresh().get(HEAD));
        assertThat(run.load().history().tensors()).allMatch(name -> name.contains(".lora_"));
        assertThat(Experiment.evaluate(run, List.of())).isEqualTo(run.load().scores());
        assertThat(run.load().scores()).isNotEqualTo(plain.load().scores());
        RunFolder resumed = interrupted(settings);
        assertThat(resumed.model()).hasSameBinaryContentAs(run.model());
        assertThat(resumed.load().deviation()).isEqualTo(run.load().deviation());
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"excluded", "anchored"})
    void should_probe_anew_when_a_run_was_stopped_in_its_probe(String head) throws IOException {
        Map<String, String> settings = Map.of("start", "probe(1 0.01)", "head", head);
        var store = new RunStore(folder.resolve("stopped"));
        var cancel = new Cancel();
        cancel.ask(); // before the first step of the probe
        assertThatThrownBy(() -> Experiment.train(plan(settings), store, Recording.defaults(), Progress.SILENT, cancel))
                .isInstanceOf(CancelledRunException.class);
        RunFolder run = store.list().get(0);
        Experiment.resume(run, Recording.defaults(), Progress.SILENT, new Cancel());

        assertThat(run.model()).hasSameBinaryContentAs(stored(folder, settings).model());
    }
}

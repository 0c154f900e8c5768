package org.spdbook.twin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.experiment.CancelledRunException;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Recipe;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.World;
import org.spdbook.optim.AdamSpd;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Torch;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import org.spdbook.train.Seeds;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.weights.Safetensors;

/** Runs of few steps with adapters on the language model. */
class CommonsenseRunTest {

    @TempDir
    private static Path shared;

    private static RunFolder plain;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trained() throws IOException {
        plain = stored(shared, plan(Map.of()));
    }

    /** One epoch, six steps, when nothing else is said. */
    private static Plan plan(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("epochs", "1"));
        all.putAll(settings);
        return Plan.of(new ExperimentSpec(
                "commonsense", ExperimentSpec.TWIN, "id", "adam-spd", 3e-3, 0, Map.of("lambda", "3"), all));
    }

    private static RunFolder stored(Path root, Plan plan) throws IOException {
        var store = new RunStore(root);
        return store.find(Experiment.train(plan, store, everyStep(), Progress.SILENT, new Cancel())
                .name());
    }

    private static Recording everyStep() {
        Recording usual = Recording.defaults();
        return new Recording(usual.checkpointEvery(), usual.checkpointAfter(), 1);
    }

    private static Run unstored(Map<String, String> settings) {
        return Experiment.unstored(plan(settings), Progress.SILENT, new Cancel());
    }

    private static Map<String, float[]> model(RunFolder run) throws IOException {
        Map<String, float[]> tensors = new TreeMap<>();
        try (Safetensors model = Safetensors.open(run.model())) {
            model.names().forEach(name -> tensors.put(name, model.floats(name)));
        }
        return tensors;
    }

    @Test
    void should_give_the_same_numbers_when_run_again() throws IOException {
        Run first = plain.load();
        RunFolder again = stored(folder, plan(Map.of()));

        assertThat(first.losses()).hasSize(6);
        assertThat(again.load().history()).isEqualTo(first.history());
        assertThat(again.load().outcomes()).isEqualTo(first.outcomes());
        assertThat(again.load().measures()).isEqualTo(first.measures());
        assertThat(again.load().validation()).isEqualTo(first.validation());
        assertThat(again.model()).hasSameBinaryContentAs(plain.model());
    }

    @Test
    void should_end_with_the_bytes_of_an_undisturbed_run_when_it_was_interrupted() throws IOException {
        var store = new RunStore(folder);
        var cancel = new Cancel();
        Progress stop = (step, steps, loss) -> {
            if (step == 3) {
                cancel.ask();
            }
        };
        assertThatThrownBy(() -> Experiment.train(plan(Map.of()), store, everyStep(), stop, cancel))
                .isInstanceOf(CancelledRunException.class);
        RunFolder stopped = store.list().get(0);
        assertThat(stopped.history().entries()).hasSize(3);
        Run resumed = Experiment.resume(stopped, everyStep(), Progress.SILENT, new Cancel());

        assertThat(stopped.model()).hasSameBinaryContentAs(plain.model());
        assertThat(resumed.history()).isEqualTo(plain.load().history());
        assertThat(resumed.measures()).isEqualTo(plain.load().measures());
    }

    @Test
    void should_store_the_adapters_alone_and_test_with_them_and_the_shipped_weights() throws IOException {
        Run run = plain.load();
        Map<String, float[]> tensors = model(plain);

        assertThat(tensors.keySet())
                .hasSize(2 * 5 * 2)
                .allMatch(
                        name -> name.matches("model\\.layers\\.[01]\\..*\\.(q|k|v|up|down)_proj\\.lora_[AB]\\.weight"))
                .containsExactlyInAnyOrderElementsOf(run.history().tensors());
        assertThat(Experiment.evaluate(plain, List.of())).isEqualTo(run.scores());
    }

    @Test
    void should_measure_the_deviation_of_adapters_from_zero() throws IOException {
        double squares = 0;
        for (float[] values : model(plain).values()) {
            for (float value : values) {
                squares += (double) value * value;
            }
        }

        Run run = plain.load();
        assertThat(run.deviation()).isCloseTo(Math.sqrt(squares), within(1e-4)).isGreaterThan(4); // A begins at 5.2
        assertThat(run.history().reported().get(5).deviation()).isCloseTo(run.deviation(), within(1e-4));
    }

    @Test
    void should_measure_training_retention_and_update_when_a_run_ends() throws IOException {
        Run run = plain.load();

        assertThat(run.measures()).containsOnlyKeys("training accuracy", "retention loss", "update");
        assertThat(run.measures().get("training accuracy")).isBetween(10.0, 100.0);
        assertThat(run.retention()).isBetween(.8, 3.0).isEqualTo(run.measures().get("retention loss"));
        assertThat(run.measures().get("update")).isPositive();
        assertThat(run.outcomes()).containsOnlyKeys("id", "held", "word", "both");
        Map<String, Double> kinds =
                run.byKind("held", World.named("commonsense").kinds("held"));
        assertThat(kinds).hasSize(8);
        assertThat(kinds.values().stream().mapToDouble(one -> one).average().orElseThrow())
                .isCloseTo(run.accuracy("held"), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"all, 20", "lora, 20", "series, 8", "parallel, 8", "prefix, 1"})
    void should_train_what_is_asked_for(String trained, int tensors) {
        Run run = unstored(Map.of("batch", "48", "trained", trained));

        assertThat(run.history().tensors()).hasSize(tensors);
        assertThat(run.losses()).hasSize(2).doesNotContain(Double.NaN);
        List<Double> first = run.history().reported().get(0).deviations();
        List<Double> last = run.history().reported().get(1).deviations();
        for (int i = 0; i < tensors; i++) {
            assertThat(last.get(i)).as(run.history().tensors().get(i)).isNotEqualTo(first.get(i));
        }
        assertThat(run.measures().containsKey("update")).isEqualTo(trained.equals("lora"));
        assertThat(run.deviation()).isPositive();
    }

    /** All but a prefix, whose keys draw attention at once, begin with the model as it was. */
    @ParameterizedTest
    @ValueSource(strings = {"series", "parallel", "all"})
    void should_begin_as_the_model_is_when_adapters_are_fresh(String trained) throws IOException {
        assertThat(unstored(Map.of("trained", trained)).losses().get(0))
                .isCloseTo(plain.load().losses().get(0), within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"biases", "head"})
    void should_say_so_when_the_model_has_nothing_to_train(String trained) {
        assertThatThrownBy(() -> unstored(Map.of("trained", trained)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trained=" + trained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "series"})
    void should_say_which_modules_there_are_when_no_target_is_one(String trained) {
        assertThatThrownBy(() -> unstored(Map.of("trained", trained, "targets", "nonsense")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no module is called nonsense; the model has ")
                .hasMessageContaining("model.layers.0.self_attn.q_proj");
    }

    @Test
    void should_repeat_one_question_of_each_family_when_a_small_fraction_is_trained_on() {
        Run few = unstored(Map.of("fraction", "0.05", "epochs", "5"));

        assertThat(few.losses()).hasSize(30);
        assertThat(few.measures().get("training accuracy") % 12.5).isZero(); // of eight questions
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "series", "parallel", "prefix"})
    void should_pull_adapters_to_zero_and_leave_the_shipped_weights_as_they_are(String trained) {
        Recipe recipe = plan(Map.of("trained", trained)).recipe();
        World world = new CommonsenseWorld();
        var seeds = new Seeds(0);
        try (OpenWorld open = world.open("id", 0);
                NDManager manager = Torch.newManager()) {
            open.attach(recipe.adapters(world).orElseThrow(), seeds.stream("fresh adapters", 0, 0));
            List<Target> targets = recipe.groups().of(open.task().targets(), open.head());
            Map<String, float[]> before = new LinkedHashMap<>();
            targets.forEach(target -> before.put(target.name(), target.value().toFloatArray()));
            try (var optimizer = new BoundOptimizer(AdamSpd.of(3), new TorchStep(), targets)) {
                for (int step = 0; step < 3; step++) {
                    Autograd.valueAndBackward(() -> open.task().loss(new int[] {0, 20, 40, 60}, seeds, 0));
                    double[] conditions = conditions(targets, optimizer.gradients());
                    optimizer.step(3e-3, tensor -> 0);
                    for (int i = 0; i < conditions.length; i++) {
                        TensorReport report = optimizer.report().get(i);
                        assertThat(report.condition())
                                .isCloseTo(conditions[i], within(1e-5 + 1e-4 * Math.abs(conditions[i])));
                        assertThat(step < 2 || conditions[i] != 0)
                                .isTrue(); // what begins at zero hides the others first
                    }
                }
            }

            Map<String, NDArray> shipped = new ShippedWeights(CommonsenseWorld.class, "").tensors(manager);
            assertThat(shipped).hasSize(20);
            shipped.forEach((name, array) ->
                    assertThat(open.weights().get(name).toFloatArray()).as(name).containsExactly(array.toFloatArray()));
            assertThat(open.weights().keySet()).hasSize(20 + targets.size()).containsAll(before.keySet());
            before.forEach((name, values) ->
                    assertThat(open.weights().get(name).toFloatArray()).as(name).isNotEqualTo(values));
        }
    }

    /** c = -g . p, for what is pulled to zero. */
    private static double[] conditions(List<Target> targets, List<NDArray> gradients) {
        double[] conditions = new double[targets.size()];
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = -dot(gradients.get(i), targets.get(i).value());
        }
        return conditions;
    }

    private static double dot(NDArray one, NDArray other) {
        float[] a = one.toFloatArray();
        float[] b = other.toFloatArray();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}

package org.spdbook.twin.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.chart.PictureGrid;
import org.spdbook.experiment.CancelledRunException;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.PictureGrids;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.World;
import org.spdbook.torch.Autograd;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import org.spdbook.weights.Safetensors;

/** Runs of few steps with LoRA in the vision-language model. */
class VqaRunTest {

    @TempDir
    private static Path shared;

    private static RunFolder plain;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trained() throws IOException {
        plain = stored(shared, plan(Map.of()));
    }

    /** One epoch, four steps, when nothing else is said. */
    private static Plan plan(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("epochs", "1", "batch", "64", "warm-up", "2"));
        all.putAll(settings);
        return Plan.of(new ExperimentSpec(
                "vqa", ExperimentSpec.TWIN, "vqav2", "adam-spd", 3e-3, 0, Map.of("lambda", "3"), all));
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

        assertThat(first.losses()).hasSize(4);
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
            if (step == 2) {
                cancel.ask();
            }
        };
        assertThatThrownBy(() -> Experiment.train(plan(Map.of()), store, everyStep(), stop, cancel))
                .isInstanceOf(CancelledRunException.class);
        RunFolder stopped = store.list().get(0);
        assertThat(stopped.history().entries()).hasSize(2);
        Run resumed = Experiment.resume(stopped, everyStep(), Progress.SILENT, new Cancel());

        assertThat(stopped.model()).hasSameBinaryContentAs(plain.model());
        assertThat(resumed.history()).isEqualTo(plain.load().history());
        assertThat(resumed.measures()).isEqualTo(plain.load().measures());
    }

    @Test
    void should_store_the_adapters_alone_and_test_with_them_and_the_shipped_weights() throws IOException {
        Run run = plain.load();

        assertThat(model(plain).keySet())
                .hasSize(3 * 5 * 2)
                .allMatch(name ->
                        name.matches("lm\\.model\\.layers\\.[012]\\..*\\.(q|k|v|up|down)_proj\\.lora_[AB]\\.weight"))
                .containsExactlyInAnyOrderElementsOf(run.history().tensors());
        assertThat(Experiment.evaluate(plain, List.of())).isEqualTo(run.scores());
    }

    @Test
    void should_write_what_the_model_answers_to_each_question_when_a_run_ends() throws IOException {
        List<String> lines = Files.readAllLines(plain.answers());
        List<Item> questions = AnswersSet.OK_VQA.items();
        long right = 0;
        for (int i = 0; i < questions.size(); i++) {
            String begin = "{\"set\":\"ok-vqa\",\"example\":" + i + ",\"answer\":\"";
            String line = lines.get(9 * 200 + i);
            assertThat(line).startsWith(begin);
            right += line.equals(begin + questions.get(i).answer() + "\"}") ? 1 : 0;
        }

        assertThat(lines).hasSize(2000);
        assertThat(100.0 * right / questions.size()).isEqualTo(plain.load().accuracy("ok-vqa"));
    }

    @Test
    void should_measure_training_accuracy_and_update_when_a_run_ends() throws IOException {
        Run run = plain.load();

        assertThat(run.measures()).containsOnlyKeys("training accuracy", "update");
        assertThat(run.measures().get("training accuracy")).isBetween(20.0, 100.0);
        assertThat(run.measures().get("update")).isPositive();
        assertThat(run.outcomes().keySet())
                .containsExactlyElementsOf(run.scores().keySet())
                .hasSize(10);
        assertThat(run.byKind("vqav2", World.named("vqa").kinds("vqav2")))
                .containsOnlyKeys("yes/no", "number", "other");
    }

    /** A tower that is trained is looked through at every step, one that is not only once; all begin with the model as it was. */
    @ParameterizedTest
    @CsvSource({"lora, anchored, 31", "series, excluded, 12", "all, anchored, 61"})
    void should_begin_as_the_model_is_and_train_what_is_asked_for(String trained, String head, int tensors)
            throws IOException {
        Run run = unstored(Map.of("trained", trained, "head", head));

        assertThat(run.history().tensors()).hasSize(tensors);
        assertThat(run.losses()).hasSize(4).doesNotContain(Double.NaN);
        List<Double> first = run.history().reported().get(0).deviations();
        List<Double> last = run.history()
                .reported()
                .get(run.history().reported().size() - 1)
                .deviations();
        for (int i = 0; i < tensors; i++) {
            assertThat(last.get(i)).as(run.history().tensors().get(i)).isNotEqualTo(first.get(i));
        }
        assertThat(run.losses().get(0)).isCloseTo(plain.load().losses().get(0), within(1e-5));
    }

    @Test
    void should_see_with_the_tower_as_it_is_when_it_was_trained() {
        try (OpenWorld open = World.named("vqa").open("vqav2", 0)) {
            var set = open.testSets().get(0);
            var before = set.outcomes();
            Autograd.withoutRecording(() -> open.weights().get("vision.pos").muli(-3));

            assertThat(set.outcomes()).isNotEqualTo(before);
        }
    }

    @Test
    void should_train_the_head_when_it_alone_is_asked_for() throws IOException {
        assertThat(unstored(Map.of("trained", "head")).history().tensors()).containsExactly(AnswersModel.HEAD);
        assertThatThrownBy(() -> unstored(Map.of("trained", "head", "head", "excluded")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trained=head leaves nothing to train with head=excluded");
    }

    @Test
    void should_show_questions_with_pictures_and_answers_of_all_sets_or_of_one() {
        World world = World.named("vqa");

        PictureGrid all = PictureGrids.shown(world, null);
        PictureGrid one = PictureGrids.shown(world, "textvqa");

        assertThat(all.pictures()).hasSize(10);
        assertThat(all.toText()).contains("in ok-vqa");
        assertThat(one.pictures()).hasSize(12).allSatisfy(picture -> {
            assertThat(picture.lines()).hasSize(2);
            assertThat(picture.lines().get(1).text()).matches("\\d");
        });
    }

    @Test
    void should_show_what_runs_answer_beside_what_is_right() throws IOException {
        double score = plain.load().accuracy("vqa-cp");

        PictureGrid grid =
                PictureGrids.of(List.of(plain, plain, plain), "vqa-cp", List.of("x", "y", "z"), 200 / 10, false);

        assertThat(grid.pictures()).hasSize(20).allSatisfy(picture -> {
            List<PictureGrid.Line> lines = picture.lines();
            assertThat(lines).hasSizeBetween(5, 6); // a question of one line or two
            String right = lines.get(lines.size() - 4).text();
            for (int run = 0; run < 3; run++) {
                PictureGrid.Line line = lines.get(lines.size() - 3 + run);
                String letter = "ABC".charAt(run) + ": ";
                assertThat(line.text()).startsWith(letter);
                assertThat(line.mark() == PictureGrid.Mark.RIGHT)
                        .isEqualTo(line.text().equals(letter + right));
            }
        });
        assertThat(grid.message()).contains(String.format(java.util.Locale.ROOT, "A answers %.1f %%", score));
        assertThat(grid.note()).contains("A: x. B: y. C: z");
        assertThat(PictureGrids.of(List.of(plain), "vqa-cp", List.of("x"), 20, true)
                        .pictures())
                .allMatch(picture ->
                        picture.lines().get(picture.lines().size() - 1).mark() == PictureGrid.Mark.WRONG);
        assertThatThrownBy(() -> PictureGrids.of(List.of(plain), "vqa-cp", List.of("x"), 25, false))
                .hasMessage("--count must be 1 to 24, got 25");
    }

    @Test
    void should_look_through_the_tower_at_every_step_when_adapters_are_in_it() {
        Run run = unstored(Map.of("targets", "vision\\..*\\.qkv|projection"));

        List<Double> last = run.history().reported().get(1).deviations();
        for (int i = 0; i < last.size(); i++) {
            String name = run.history().tensors().get(i);
            assertThat(last.get(i)).as(name).isPositive(); // B begins at zero and has to leave it
        }
        assertThat(run.history().tensors()).hasSize(2 * 3);
        assertThat(run.scores()).isNotEqualTo(run.zeroShot());
    }
}

package org.spdbook.experiment.vqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.data.vqa.MadeVqa;
import org.spdbook.data.vqa.Vqa;
import org.spdbook.data.vqa.VqaItem;
import org.spdbook.data.vqa.VqaPicture;
import org.spdbook.data.vqa.VqaSet;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.VqaAccuracy;
import org.spdbook.experiment.CancelledRunException;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunGrids;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.SpecWords;
import org.spdbook.experiment.World;
import org.spdbook.peft.LoraConfig;
import org.spdbook.torch.Torch;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/** Made questions in the published layouts with a tiny PaliGemma, through the pilot profile from words to result. */
class RealVqaTest {

    private static final String PALIGEMMA = "google/paligemma-3b-pt-224";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        System.setProperty("spd.data", folder.resolve("data").toString());
        System.setProperty("spd.weights", folder.resolve("weights").toString());
        System.setProperty("hf.hub.cache", folder.resolve("cache").toString());
        MadeVqa.frames(data());
        MadePaliGemma.in(weights());
    }

    @AfterEach
    void clearPlaces() {
        System.clearProperty("spd.data");
        System.clearProperty("spd.weights");
        System.clearProperty("hf.hub.cache");
    }

    private Path data() {
        return folder.resolve("data/vqa");
    }

    private Path weights() {
        return folder.resolve("weights").resolve(PALIGEMMA);
    }

    /** Three steps of small batches in two parts, and short answers, if nothing else is said. */
    private static Plan plan(String... words) {
        Map<String, String> given = new HashMap<>(Map.of("profile", "pilot", "fraction", "1", "max-steps", "3"));
        given.putAll(Map.of("warm-up", "1", "batch", "4", "accumulate", "2", "tests", "4", "new-tokens", "4"));
        for (int i = 0; i < words.length; i += 2) {
            given.put(words[i], words[i + 1]);
        }
        return Plan.of(SpecWords.spec("vqa", given));
    }

    /** Enough steps to learn what the made questions ask. */
    private static Plan longer() {
        String[] words = "lr 3e-2 lambda 0 max-steps 60 epochs 40 batch 8 accumulate 1 prompt same".split(" ");
        return plan(words);
    }

    private RunStore store() {
        return new RunStore(folder.resolve("runs"));
    }

    private Run trained(Plan plan) {
        return Experiment.train(plan, store(), Recording.defaults(), Progress.SILENT, new Cancel());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_train_and_test_on_all_sets_when_they_are_in_either_layout(boolean frames) throws IOException {
        if (!frames) {
            delete(data());
            MadeVqa.published(data());
        }

        Run run = trained(plan("lr", "1e-2", "lambda", "0.5"));

        assertThat(run.scores().keySet()).containsExactlyElementsOf(VqaSet.words());
        assertThat(run.zeroShot().keySet()).containsExactlyElementsOf(VqaSet.words());
        assertThat(run.losses()).hasSize(3).allMatch(loss -> loss > 2 && loss < 12); // chance is ln 370, about 6
        assertThat(run.history().tensors())
                .hasSize(2 * (3 + 2 * 4))
                .contains("vision_tower.vision_model.encoder.layers.0.self_attn.q_proj.lora_A.weight")
                .contains("language_model.model.layers.1.self_attn.o_proj.lora_B.weight")
                .noneMatch(name -> name.contains("out_proj"));
        assertThat(run.deviation()).isPositive();
        RunFolder stored = store().find(run.name());
        assertThat(Files.readAllLines(stored.answers()))
                .hasSize(run.outcomes().values().stream()
                        .mapToInt(Outcomes::examples)
                        .sum())
                .hasSize(frames ? 40 : 38)
                .allMatch(line -> line.contains("\"answer\""));
        assertThat(Experiment.evaluate(stored, List.of())).isEqualTo(run.scores());
    }

    /** That it learns what is asked for says that training, prompts and generation fit each other. */
    @Test
    void should_answer_as_people_do_when_trained_for_longer() throws IOException {
        Run before = trained(plan("max-steps", "1", "lr", "1e-9", "prompt", "same", "data", "train-val"));
        Run run = trained(longer());

        assertThat(before.accuracy("vqav2")).isLessThan(20);
        assertThat(run.accuracy("vqav2")).isGreaterThan(60); // trained on, as published
    }

    @Test
    void should_answer_the_same_when_questions_are_asked_one_by_one() throws IOException {
        var settings = new VqaSettings(VqaSettings.of(Profile.PAPER).all().with(Map.of("new-tokens", "4")));
        List<Asked> asked = new ArrayList<>();
        var form = new VqaPicture(28);
        Vqa data = Vqa.in(data());
        for (VqaItem item : Stream.concat(data.test(VqaSet.VQAV2).stream(), data.test(VqaSet.TEXTVQA).stream())
                .toList()) {
            asked.add(new Asked(item, form.of(item.image())));
        }
        Asked shorter = asked.get(0);
        VqaItem item = shorter.item();
        asked.add(
                1,
                new Asked(
                        new VqaItem("1", "what?", item.answers(), item.folder(), item.picture(), ""),
                        shorter.picture()));
        try (NDManager manager = Torch.newManager();
                SeeingModel model = SeeingModel.open(manager, settings)) {
            List<String> together = model.answers(asked);

            assertThat(Set.copyOf(together)).hasSizeGreaterThan(2); // else an order would not show
            for (int i = 0; i < asked.size(); i += 2) {
                assertThat(model.answers(asked.subList(i, i + 1))).containsExactly(together.get(i));
            }
        }
    }

    @Test
    void should_train_the_table_of_tokens_alone_when_a_probe_is_asked_for() throws IOException {
        Run run = trained(plan("trained", "head", "lr", "1e-2"));

        assertThat(run.history().tensors()).containsExactly(SeeingModel.HEAD);
        assertThat(run.deviation()).isPositive();
        assertThat(Experiment.evaluate(store().find(run.name()), List.of())).isEqualTo(run.scores());
    }

    @ParameterizedTest
    @ValueSource(strings = {"start=probe(1 0.01)", "finish=wise(0.5)", "adapter-precision=bf16", "recompute=true"})
    void should_give_the_stored_scores_when_a_run_is_tested_again(String option) throws IOException {
        String[] words = option.split("=");

        Run run = trained(plan("lr", "1e-2", words[0], words[1]));

        assertThat(run.history().tensors()).noneMatch(name -> name.contains("embed_tokens"));
        assertThat(Experiment.evaluate(store().find(run.name()), List.of())).isEqualTo(run.scores());
    }

    @Test
    void should_tell_accuracies_by_type_of_answer_when_the_files_have_types() throws IOException {
        Run run = trained(longer());

        assertThat(run.measures()).containsKeys("vqav2 yes/no", "vqav2 number", "vqav2 other", "update");
        List<VqaItem> items = Vqa.in(data()).test(VqaSet.VQAV2);
        List<String> lines = Files.readAllLines(store().find(run.name()).answers());
        List<VqaAccuracy.Question> others = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).answerType().equals("other")) {
                String said = JsonParser.parseString(lines.get(i))
                        .getAsJsonObject()
                        .get("answer")
                        .getAsString();
                others.add(new VqaAccuracy.Question(said, items.get(i).answers()));
            }
        }
        assertThat(run.measures().get("vqav2 other")).isEqualTo(VqaAccuracy.percent(others));
        assertThat(run.accuracy("vqav2")).isPositive(); // else equality would tell little
    }

    @Test
    void should_go_on_as_if_never_stopped_when_a_run_is_resumed() throws IOException {
        Plan plan = plan("lr", "1e-2", "start", "probe(1 0.01)");
        var cancel = new Cancel();
        Progress stopping = (step, steps, loss) -> {
            if (step == 2) {
                cancel.ask();
            }
        };
        var stopped = new RunStore(folder.resolve("stopped"));
        assertThatThrownBy(() -> Experiment.train(plan, stopped, Recording.defaults(), stopping, cancel))
                .isInstanceOf(CancelledRunException.class);

        Run resumed = Experiment.resume(stopped.list().get(0), Recording.defaults(), Progress.SILENT, new Cancel());

        Run whole = trained(plan);
        assertThat(resumed.losses()).isEqualTo(whole.losses());
        assertThat(resumed.scores()).isEqualTo(whole.scores());
        assertThat(stopped.list().get(0).model())
                .hasSameBinaryContentAs(store().find(whole.name()).model());
    }

    @Test
    void should_have_the_recipe_of_the_original_when_nothing_is_said() {
        Plan plan = Plan.of(SpecWords.spec("vqa", Map.of("profile", "paper")));

        assertThat(plan.recipe().adapters(plan.world()).orElseThrow())
                .hasToString(new LoraConfig(8, 16, .05, Pattern.compile(".*\\.(q|k|v|o)_proj")).toString());
        assertThat(plan.spec().settings())
                .containsEntry("epochs", "10")
                .containsEntry("batch", "256")
                .containsEntry("accumulate", "16")
                .containsEntry("statistics", "part")
                .containsEntry("warm-up", "500")
                .containsEntry("schedule", "epoch-cosine")
                .containsEntry("floor", "0.1")
                .containsEntry("clip", "0.0")
                .containsEntry("head", "excluded")
                .containsEntry("data", "train-val")
                .containsEntry("prompt", "original")
                .containsEntry("new-tokens", "100")
                .doesNotContainKeys("fraction", "tests", "max-steps");
        assertThat(World.named("vqa", Profile.PAPER).rate()).isEqualTo(1e-3);
    }

    @Test
    void should_warn_of_what_was_published_until_the_switches_are_set() {
        World published = World.named("vqa", Profile.PAPER);

        assertThat(published.warnings()).hasSize(2);
        assertThat(published.warnings().get(0)).contains("data=train").contains("seen in training");
        assertThat(published.warnings().get(1)).contains("prompt=same");
        assertThat(RunGrids.accuracy(trained(plan("max-steps", "1", "sets", "vqav2")))
                        .notes())
                .containsAll(published.warnings());
        assertThat(published.with(Map.of("data", "train", "prompt", "same")).warnings())
                .isEmpty();
    }

    @Test
    void should_not_train_on_what_is_tested_when_asked_for() {
        Run published = trained(plan("max-steps", "1"));
        Run clean = trained(plan("max-steps", "1", "data", "train"));

        assertThat(clean.key()).isNotEqualTo(published.key());
        assertThat(clean.losses()).isNotEqualTo(published.losses());
    }

    @Test
    void should_leave_out_count_and_name_what_cannot_be_asked() throws IOException {
        Path broken = picture("textvqa");
        Path missing = picture("vizwiz");
        Files.writeString(broken, "no picture");
        Files.delete(missing);
        Path list = data().resolve("datasets_files/textvqa/combined_data.json");
        Files.writeString(list, Files.readString(list).replaceFirst("\"answer\":\\[[^]]*]", "\"answer\":[]"));

        Run run = trained(plan("epochs", "2", "batch", "8", "accumulate", "1"));

        assertThat(run.outcomes().get("textvqa").examples())
                .isEqualTo(1); // one without answers, two with the broken one
        assertThat(run.outcomes().get("vizwiz").examples()).isEqualTo(2);
        assertThat(Files.readAllLines(store().find(run.name()).skipped()))
                .anyMatch(line -> line.contains(broken.toString()))
                .contains("the picture of a question, " + missing
                        + ", is not there; unpack the archive of its folder anew")
                .anyMatch(line -> line.startsWith("questions without answers: 1, "));
        DataCheck check = World.named("vqa", Profile.PILOT).checkData(done -> {});
        assertThat(check.complete()).isFalse();
        assertThat(check.facts())
                .containsEntry("missing pictures", "1")
                .containsEntry("broken pictures", "1")
                .containsEntry("questions without answers", "1");
    }

    /** The last picture of a set. */
    private Path picture(String set) throws IOException {
        try (Stream<Path> all = Files.walk(data().resolve("images").resolve(set))) {
            return all.filter(Files::isRegularFile)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    @Test
    void should_test_on_some_sets_when_others_are_not_there() throws IOException {
        delete(data().resolve("datasets_files/iv-vqa"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan()))
                .withMessageContaining("questions of iv-vqa were looked for in " + data());

        Run run = trained(plan("sets", "textvqa vqav2"));

        assertThat(run.scores().keySet()).containsExactly("vqav2", "textvqa");
        assertThat(World.named("vqa", Profile.PILOT)
                        .with(Map.of("sets", "textvqa vqav2"))
                        .groups())
                .isEqualTo(Map.of("far", List.of("textvqa")));
    }

    @Test
    void should_say_what_was_looked_for_where_when_files_are_missing() throws IOException {
        Files.delete(weights().resolve("tokenizer.json"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan()))
                .withMessageContaining("the tokenizer of PaliGemma-3B was looked for in " + weights());
        Files.delete(weights().resolve("model.safetensors"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan()))
                .withMessageStartingWith("vqa in profile pilot lacks files: the weights of PaliGemma-3B")
                .withMessageContaining("spd pull google/paligemma-3b-pt-224");
        delete(data());
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan()))
                .withMessageContaining("VQA data was looked for in the folder " + data())
                .withMessageContaining("SPD_DATA names the folder above");
    }

    @Test
    void should_say_what_can_be_asked_for_when_a_setting_makes_no_sense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("trained", "series"))
                .withMessageContaining("got trained=series; choose lora or head");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("fraction", "2"))
                .withMessageContaining("got fraction 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("sets", "vqav3"))
                .withMessageContaining("VQA set vqav3 is not known");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("data", "val"))
                .withMessageContaining("data");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("weights", "nowhere"))
                .withMessageContaining("nowhere is none of these, and no such folder is there");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("on", "ok-vqa"))
                .withMessageContaining("ok-vqa");
    }

    @Test
    void should_ask_for_what_is_trained_on_when_it_is_not_tested_on() throws IOException {
        World world = World.named("vqa", Profile.PILOT).with(Map.of("sets", "textvqa"));
        Path val = data().resolve("datasets_files/vqav2/vqa_val_eval.json");
        String before = world.fingerprint();
        Files.writeString(val, Files.readString(val).replaceFirst("maybe", "perhaps"));
        assertThat(World.named("vqa", Profile.PILOT)
                        .with(Map.of("sets", "textvqa"))
                        .fingerprint())
                .isNotEqualTo(before);

        Files.delete(val);
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("sets", "textvqa")))
                .withMessageContaining("questions of vqav2 were looked for in " + data());
        assertThat(plan("sets", "textvqa", "data", "train").key()).isNotEmpty();
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}

package org.spdbook.experiment.commonsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.data.commonsense.Commonsense;
import org.spdbook.data.commonsense.CommonsensePrompt;
import org.spdbook.data.commonsense.CommonsenseSet;
import org.spdbook.data.commonsense.MadeQuestions;
import org.spdbook.experiment.CancelledRunException;
import org.spdbook.experiment.DataCheck;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Profile;
import org.spdbook.experiment.Recording;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.SpecWords;
import org.spdbook.experiment.TextWriter;
import org.spdbook.experiment.World;
import org.spdbook.experiment.Writing;
import org.spdbook.model.Llama;
import org.spdbook.model.LlamaConfig;
import org.spdbook.peft.AdapterConfig;
import org.spdbook.torch.Torch;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;

/** Made questions in the published layout with a tiny LLaMA, through the paper profile from words to result. */
class RealCommonsenseTest {

    private static final String LLAMA = "yahma/llama-7b-hf";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        System.setProperty("spd.data", folder.resolve("data").toString());
        System.setProperty("spd.weights", folder.resolve("weights").toString());
        System.setProperty("hf.hub.cache", folder.resolve("cache").toString());
        MadeQuestions.in(data());
        MadeLlama.in(weights(LLAMA), data());
    }

    @AfterEach
    void clearPlaces() {
        System.clearProperty("spd.data");
        System.clearProperty("spd.weights");
        System.clearProperty("hf.hub.cache");
    }

    private Path data() {
        return folder.resolve("data/commonsense");
    }

    private Path weights(String name) {
        return folder.resolve("weights").resolve(name);
    }

    /** Three steps of small batches in two parts, and short answers, if nothing else is said. */
    private static Plan plan(String... words) {
        Map<String, String> given = new HashMap<>(Map.of("profile", "pilot", "fraction", "1", "max-steps", "3"));
        given.putAll(Map.of("warm-up", "1", "batch", "4", "accumulate", "2"));
        given.putAll(Map.of("tests", "1", "beams", "2", "new-tokens", "3"));
        for (int i = 0; i < words.length; i += 2) {
            given.put(words[i], words[i + 1]);
        }
        return Plan.of(SpecWords.spec("commonsense", given));
    }

    private RunStore store() {
        return new RunStore(folder.resolve("runs"));
    }

    private Run trained(Plan plan) {
        return Experiment.train(plan, store(), Recording.defaults(), Progress.SILENT, new Cancel());
    }

    @ParameterizedTest
    @CsvSource({
        "lora, up_proj.lora_B.weight, 20",
        "series, mlp.gate_proj.adapter_down.weight, 8",
        "parallel, mlp.down_proj.adapter_up.weight, 8",
        "prefix, prompt_embeddings, 1"
    })
    void should_train_and_test_on_the_eight_sets_when_adapters_are_asked_for(String trained, String tensor, int all)
            throws IOException {
        Run run = trained(plan("trained", trained, "lr", "1e-2", "optimizer", "adam-spd"));

        assertThat(run.scores().keySet()).containsExactlyElementsOf(CommonsenseSet.words());
        assertThat(run.outcomes().values()).allMatch(outcomes -> outcomes.examples() == 1);
        assertThat(run.losses()).hasSize(3).allMatch(loss -> loss > 3 && loss < 9); // chance is ln 130, about 5
        assertThat(run.history().tensors()).hasSize(all).anyMatch(name -> name.endsWith(tensor));
        assertThat(run.deviation()).isPositive();
        assertThat(run.zeroShot()).isEmpty();
        assertThat(run.id()).isNaN();
        assertThat(run.ood())
                .isEqualTo(run.scores().values().stream()
                        .mapToDouble(score -> score)
                        .average()
                        .orElseThrow());
        assertThat(run.measures().get(OpenCommonsense.VALIDATION_LOSS)).isPositive();
        RunFolder stored = store().find(run.name());
        assertThat(Files.readAllLines(stored.answers()))
                .hasSize(8)
                .allMatch(line -> line.contains("\"answer\":\""))
                .element(1)
                .asString()
                .startsWith("{\"set\":\"piqa\",\"example\":0,");
        assertThat(Experiment.evaluate(stored, List.of())).isEqualTo(run.scores());
    }

    @Test
    void should_write_on_what_is_typed_when_a_run_is_asked_for_texts() throws IOException {
        Run run = trained(plan("lr", "1e-2"));

        try (TextWriter writer = TextWriter.trained(store().find(run.name()), "cpu")) {
            assertThat(writer.examples())
                    .hasSize(3)
                    .allMatch(example -> example.prompt().contains("### Response:"))
                    .allMatch(example -> example.answer().startsWith("the correct answer is "));
            assertThat(writer.answer(writer.examples().get(0), Writing.greedy(), new Cancel())
                            .tokens())
                    .isBetween(1, 3);
        }
    }

    /** That it learns how answers begin says that training, prompts and generation fit each other. */
    @Test
    void should_write_answers_as_the_training_has_them_when_trained_for_longer() throws IOException {
        Run run = trained(plan(
                "lr",
                "2e-2",
                "max-steps",
                "30",
                "epochs",
                "20",
                "batch",
                "16",
                "accumulate",
                "1",
                "inputs",
                "false",
                "new-tokens",
                "9"));

        assertThat(Files.readAllLines(store().find(run.name()).answers()))
                .filteredOn(line -> line.matches(".*\"the +correct +answer.*"))
                .hasSizeGreaterThan(5);
    }

    @Test
    void should_write_the_same_when_prompts_are_read_one_by_one() throws IOException {
        List<String> prompts = new ArrayList<>();
        for (CommonsenseSet set : CommonsenseSet.values()) {
            Commonsense.in(data()).test(set).forEach(item -> prompts.add(CommonsensePrompt.ORIGINAL.test(item)));
        }
        var settings = QuestionSettings.of(Profile.PAPER);
        var few = new QuestionSettings(settings.all().with(Map.of("beams", "2", "new-tokens", "3")));
        try (NDManager manager = Torch.newManager();
                AnsweringModel model = AnsweringModel.open(manager, few)) {
            List<String> together = model.answers(prompts);

            assertThat(together).hasSize(24);
            assertThat(Set.copyOf(together)).hasSizeGreaterThan(4); // else an order would not show
            for (int i = 0; i < 24; i += 5) {
                assertThat(model.answers(prompts.subList(i, i + 1))).containsExactly(together.get(i));
            }
        }
    }

    @Test
    void should_go_on_as_if_never_stopped_when_a_run_is_resumed() throws IOException {
        Plan plan = plan("lr", "1e-2");
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
        Map<String, String> settings = Plan.of(SpecWords.spec("commonsense", Map.of("profile", "paper")))
                .spec()
                .settings();

        assertThat(settings)
                .containsEntry("epochs", "3")
                .containsEntry("batch", "16")
                .containsEntry("accumulate", "4")
                .containsEntry("statistics", "part")
                .containsEntry("warm-up", "100")
                .containsEntry("clip", "1.0")
                .containsEntry("rank", "32")
                .containsEntry("alpha", "64.0")
                .containsEntry("adapter-dropout", "0.05")
                .containsEntry("bottleneck", "256")
                .containsEntry("beams", "4")
                .containsEntry("new-tokens", "32")
                .doesNotContainKeys("fraction", "tests", "max-steps");
        assertThat(World.named("commonsense", Profile.PAPER).rate()).isEqualTo(3e-4);
    }

    @ParameterizedTest
    @CsvSource({"lora, 56098816", "series, 134217728", "parallel, 247463936"})
    void should_train_as_many_values_as_the_original_when_the_model_is_the_7b(String trained, long values) {
        Plan plan = Plan.of(SpecWords.spec("commonsense", Map.of("profile", "paper", "trained", trained)));

        AdapterConfig adapters = plan.recipe().adapters(plan.world()).orElseThrow();

        assertThat(adapters.count(AdapterConfig.modules(Llama.shapes(LlamaConfig.of7B()))))
                .isEqualTo(values);
    }

    @Test
    void should_train_on_the_answers_alone_when_asked_for() {
        Run whole = trained(plan("max-steps", "1"));
        Run answers = trained(plan("max-steps", "1", "inputs", "false"));

        assertThat(answers.losses().get(0)).isNotEqualTo(whole.losses().get(0));
    }

    @Test
    void should_test_on_other_prompts_when_asked_for() {
        Run original = trained(plan("max-steps", "1"));
        Run same = trained(plan("max-steps", "1", "prompt", "same"));

        assertThat(same.losses()).isEqualTo(original.losses());
        assertThat(same.key()).isNotEqualTo(original.key());
    }

    @Test
    void should_take_the_tokenizer_from_elsewhere_when_the_published_weights_have_none() throws IOException {
        Path other = Files.createDirectories(weights("huggyllama/llama-7b"));
        Files.move(weights(LLAMA).resolve("tokenizer.json"), other.resolve("tokenizer.json"));

        assertThat(trained(plan()).losses()).hasSize(3);
    }

    @Test
    void should_take_no_other_tokenizer_when_weights_of_ones_own_have_none() throws IOException {
        Path own = folder.resolve("own");
        Files.move(weights(LLAMA), own);
        assertThat(trained(plan("weights", own.toString())).losses()).hasSize(3);
        Path other = Files.createDirectories(weights("huggyllama/llama-7b"));
        Files.move(own.resolve("tokenizer.json"), other.resolve("tokenizer.json"));

        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("weights", own.toString(), "seed", "1")))
                .withMessageContaining("put the tokenizer.json of the model there");
    }

    @Test
    void should_say_what_was_looked_for_where_when_files_are_missing() throws IOException {
        Files.delete(weights(LLAMA).resolve("tokenizer.json"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan()))
                .withMessageContaining("the tokenizer of LLaMA-7B was looked for in " + weights(LLAMA))
                .withMessageContaining("spd pull huggyllama/llama-7b tokenizer.json");
        Files.delete(weights(LLAMA).resolve("model.safetensors"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan()))
                .withMessageStartingWith("commonsense in profile pilot lacks files: the weights of LLaMA-7B")
                .withMessageContaining("spd pull yahma/llama-7b-hf");
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan("size", "13b")))
                .withMessageContaining("spd pull yahma/llama-13b-hf");
        Files.delete(data().resolve("dataset/boolq/test.json"));
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan()))
                .withMessageContaining("lacks 1 of 9 files: dataset/boolq/test.json")
                .withMessageContaining("SPD_DATA names the folder above");
    }

    @Test
    void should_say_what_is_wrong_when_files_do_not_fit_or_are_broken() throws IOException {
        Path tokenizer = weights(LLAMA).resolve("tokenizer.json");
        String json = Files.readString(tokenizer);
        Files.writeString(tokenizer, json.replace("\"</s>\":2", "\"</s>\":2,\"more\":999"));
        assertThatThrownBy(() -> trained(plan()))
                .hasMessageStartingWith("commonsense in profile pilot cannot be opened: tokenizer " + tokenizer)
                .hasMessageContaining("take the tokenizer of the model");
        Files.writeString(tokenizer, "{");
        assertThatThrownBy(() -> trained(plan())).hasMessageContaining("tokenizer " + tokenizer + " cannot be read");
        Files.writeString(data().resolve("dataset/piqa/test.json"), "[{}]");
        assertThatIllegalStateException()
                .isThrownBy(() -> trained(plan()))
                .withMessageContaining("record 1 of")
                .withMessageContaining("lacks instruction, input, output, answer");
    }

    @Test
    void should_say_what_can_be_asked_for_when_a_setting_makes_no_sense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("trained", "all"))
                .withMessageContaining("got trained=all; choose lora, series, parallel or prefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("fraction", "0"))
                .withMessageContaining("got fraction 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("beams", "0"))
                .withMessageContaining("at least 1 beam and 1 new token, got beams 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("weights", "nowhere"))
                .withMessageContaining("nowhere is none of these, and no such folder is there");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("inputs", "some"))
                .withMessageContaining("inputs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trained(plan("statistics", "batch")))
                .withMessageContaining("accumulate=2 was asked for");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan("on", "boolq"))
                .withMessageContaining("mixture");
    }

    @Test
    void should_tell_about_data_and_model_when_asked() throws IOException {
        World world = World.named("commonsense", Profile.PAPER).with(Map.of());

        assertThat(world.dataFacts())
                .containsEntry("lacking", "nothing")
                .hasEntrySatisfying(
                        "questions",
                        text -> assertThat(text)
                                .startsWith("72 to train on, 8 held out for validation; to test on: boolq 3, piqa 3,"));
        assertThat(World.named("commonsense", Profile.PILOT)
                        .with(Map.of("fraction", "0.5", "tests", "2"))
                        .dataFacts()
                        .get("questions"))
                .startsWith("36 to train on, 8 held out for validation; to test on: boolq 2, piqa 2,");
        assertThat(world.modelFacts())
                .containsEntry("lacking", "nothing")
                .hasEntrySatisfying("memory with LoRA", text -> assertThat(text).contains("GB with recompute=true"));
        DataCheck check = world.checkData(done -> {});
        assertThat(check.complete()).isTrue();
        assertThat(check.facts()).containsEntry("problems", "none");
        Files.writeString(data().resolve("dataset/boolq/test.json"), "[");
        assertThat(world.checkData(done -> {}).complete()).isFalse();
    }
}

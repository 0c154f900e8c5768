package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.RunStore;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.MagicException;

class GenerateTest {

    @TempDir
    private static Path folder;

    private static RunStore store;
    private static String run = "";

    private final FakeSession session = new FakeSession();

    /** Six steps with a large rate: not good, but other than before. */
    @BeforeAll
    static void train() throws Exception {
        store = new RunStore(folder.resolve("runs"));
        var first = new FakeSession();
        new SpdMagic(store).run(first.call("train commonsense --epochs 1 --lr 2e-2"));
        run = store.list().get(0).id();
    }

    private Object spd(String words) throws Exception {
        return new SpdMagic(store).run(session.call(words));
    }

    /** What is shown while a text is written. */
    private String text(String words) throws Exception {
        session.output.reset();
        assertThat(spd("generate " + words)).isNull();
        String shown = session.output.toString(StandardCharsets.UTF_8);
        assertThat(shown).endsWith(System.lineSeparator());
        return shown.strip();
    }

    private JsonObject json(String words) throws Exception {
        return JsonParser.parseString(((DisplayBundle) spd("generate " + words + " --json")).plain())
                .getAsJsonObject();
    }

    @Test
    void should_show_what_follows_when_a_prompt_is_given() throws Exception {
        String text = text(run + " Everyone knows that --tokens 5");

        assertThat(text.split(" ")).hasSize(5);
        assertThat(text(run.substring(0, 12) + " everyone knows that --tokens 5"))
                .isEqualTo(text);
        JsonObject json = json(run.substring(0, 12) + " everyone knows that");
        assertThat(json.get("text").getAsString()).startsWith(text).hasSizeGreaterThan(text.length());
        assertThat(json.get("tokens").getAsInt()).isEqualTo(8);
        assertThat(json.get("ending").getAsString()).isEqualTo("full");
        assertThat(json.get("model").getAsString()).isEqualTo(run);
    }

    @Test
    void should_ask_the_model_before_training_when_untrained() throws Exception {
        String before = text("commonsense --untrained everyone knows that");

        assertThat(text(run + " --untrained everyone knows that")).isEqualTo(before);
        assertThat(before).as("a sentence of its corpus").containsPattern("^[a-z]+ is an? ");
        assertThat(text(run + " everyone knows that")).isNotEqualTo(before);
        assertThat(json("commonsense --untrained the").get("model").getAsString())
                .isEqualTo("commonsense, untrained");
    }

    @Test
    void should_compare_on_questions_when_there_is_no_prompt() throws Exception {
        Grid grid = (Grid) spd("generate " + run);

        assertThat(grid.header()).containsExactly("prompt", run, "untrained", "right");
        assertThat(grid.rows()).hasSize(3).allSatisfy(row -> {
            assertThat(row.get(0)).startsWith("instruction : ").contains(" answers : ", " " + row.get(3) + " ");
            assertThat(row.subList(1, 4)).noneMatch(answer -> answer.contains(" "));
        });
        String prompt = grid.rows().get(0).get(0);
        assertThat(text(run + " --tokens 1 " + prompt))
                .isEqualTo(grid.rows().get(0).get(1));
        JsonArray json = JsonParser.parseString(((DisplayBundle) spd("generate " + run + " --json")).plain())
                .getAsJsonArray();
        assertThat(json.get(0).getAsJsonObject().get("untrained").getAsString())
                .isEqualTo(grid.rows().get(0).get(2));
        assertThat(((Grid) spd("generate --untrained commonsense --tokens 2")).rows())
                .allSatisfy(row -> assertThat(row.get(1).split(" ")).hasSize(2));
    }

    @Test
    void should_draw_the_same_text_when_the_seed_is_the_same() throws Exception {
        String drawn = run + " everyone knows that --temperature 1 --top-k 50 --top-p 0.95 --seed ";

        assertThat(text(drawn + 1)).isEqualTo(text(drawn + 1)).isNotEqualTo(text(drawn + 2));
        assertThat(text(run + " everyone knows that --temperature 0.001"))
                .isEqualTo(text(run + " everyone knows that"));
        assertThat(text(run + " everyone knows that --beams 3").split(" ")).hasSize(8);
    }

    @Test
    void should_keep_what_is_there_when_interrupted() throws Exception {
        String whole = text(run + " everyone knows that");
        session.interruptAtOutput = true;

        assertThat(text(run + " everyone knows that")).isEqualTo(whole.split(" ")[0]);
        assertThat(session.cancels).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "RUN everione knows | the word everione is none of the 453 of the toy world; did you mean everyone?",
                "commonsence --untrained the | run commonsence is not known",
                "commonsense-id the --profile twin | --profile goes with --untrained and an experiment",
                "emoji --untrained the | the model of emoji writes no texts; choose an experiment with a language model",
                "RUN the --chat | --chat reads its prompts line by line, got also the; leave one out",
                "RUN the --tokens 0 | at least 1 new token and 1 beam are needed, got 0 and 1",
                "RUN the --tokens few | 'few' is not an int",
                "RUN the --beams 2 --temperature 1 | got sampling and 2 beams; choose 1 beam",
                "RUN the --beams 500 | got 500 beams and a vocabulary of 453; choose fewer beams",
                "RUN the --temperature -1 | must be above 0, got -1.0",
                "RUN the --temperature 1 --top-p 2 | top-p of sampling must be above 0 and at most 1, got 2.0",
                "RUN the --top-k 5 | --top-k goes with a --temperature above 0, got 5 without one",
                "RUN the --seed 5 | --seed goes with a --temperature above 0, got 5 without one",
                "RUN the --device tpu | tpu",
            })
    void should_say_in_a_sentence_what_is_meant_when_words_are_wrong(String words, String sentence) {
        assertThatThrownBy(() -> spd("generate " + words.replace("RUN", run)))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        assertThat(session.output.size()).isZero();
    }

    private List<String> answers(int tokens) throws Exception {
        return List.of(
                text(run + " everyone knows that --tokens " + tokens), text(run + " the home of --tokens " + tokens));
    }

    @Test
    void should_answer_line_by_line_when_chatting_in_a_notebook() throws Exception {
        List<String> typed = List.of("everyone knows that", "the home of");
        session.typed.addAll(typed);
        assertThat(text(run + " --chat --tokens 4").lines()).isEqualTo(answers(4));

        session.typed.addAll(typed);
        assertThat(text(run + " --chat --tokens 4 --json").lines())
                .extracting(line -> JsonParser.parseString(line)
                        .getAsJsonObject()
                        .get("text")
                        .getAsString())
                .isEqualTo(answers(4));
    }

    /** In a process of its own, as out of a pipe. */
    @Test
    void should_answer_line_by_line_when_chatting_in_a_terminal(@TempDir Path own) throws Exception {
        Path typed = Files.writeString(own.resolve("typed"), "everyone knows that\n\nevryone\nthe home of");
        Path said = own.resolve("said");
        Path messages = own.resolve("messages");
        Process process = KillTest.builder(store.root(), List.of("generate", run, "--chat", "--tokens", "4"))
                .redirectInput(typed.toFile())
                .redirectOutput(said.toFile())
                .redirectError(messages.toFile())
                .start();

        assertThat(process.waitFor()).as("a line could not be read").isEqualTo(1);
        assertThat(Files.readAllLines(said)).isEqualTo(answers(4));
        assertThat(messages).content().contains("spd: the word evryone is none", "did you mean everyone?");
    }

    @Test
    void should_be_listed_when_help_is_asked() throws Exception {
        assertThat(((DisplayBundle) spd("help")).plain()).contains("generate");
        assertThat(((DisplayBundle) spd("help generate")).plain()).contains("--temperature", "--untrained", "--chat");
    }
}

package org.spdbook.twin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.eval.Hits;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Trained;
import org.spdbook.experiment.World;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Torch;
import org.spdbook.twin.ShippedWeights;

class CommonsenseWorldTest {

    private final World world = World.named("commonsense");

    @Test
    void should_be_found_and_be_the_same_when_asked_again() {
        assertThat(world.table()).isEqualTo(5);
        assertThat(world.domains()).containsExactly("id", "held", "word", "both");
        assertThat(world.trainable()).containsExactly("id");
        assertThat(world.rate()).isEqualTo(3e-3);
        assertThat(world.recipe().groups().trained()).isEqualTo(Trained.LORA);
        assertThat(world.fingerprint()).hasSize(64).isEqualTo(new CommonsenseWorld().fingerprint());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.open("held", 0))
                .withMessageContaining("domain held is not known; choose one of id");
    }

    @Test
    void should_tell_what_it_is_made_of_when_data_and_model_are_asked_for() {
        assertThat(world.dataFacts())
                .containsEntry("families", "boolq, piqa, siqa, hella, wino, arce, arcc, obqa")
                .containsEntry(
                        "validation", "320 questions about the same entities; some ask the same with other options")
                .containsEntry("id", "200 questions about the same entities; some ask the same with other options")
                .containsEntry("held", "600 questions about the other half of the entities")
                .containsEntry("word", "200 questions about the entities of the training, worded otherwise")
                .containsEntry("both", "400 questions about the other entities, worded otherwise")
                .containsEntry("fingerprint", world.fingerprint())
                .hasEntrySatisfying("training", text -> assertThat(text).startsWith("96 questions"))
                .hasEntrySatisfying("an example", text -> assertThat(text).contains(" answers : ", " -> "));
        assertThat(Experiment.modelFacts(world))
                .containsEntry("words", "453")
                .containsEntry("width, blocks, heads", "128, 2, 4")
                .containsEntry("parameters", "447,744 in 20 tensors")
                .hasEntrySatisfying(
                        "pre-trained by",
                        text -> assertThat(text).contains("1,200 steps").endsWith("seed 0"));
    }

    @Test
    void should_know_the_family_of_each_question_of_a_set() {
        List<String> kinds = world.kinds(world.kindsOf());

        assertThat(world.kindsOf()).isEqualTo("held");
        assertThat(kinds).hasSize(600).startsWith("boolq").endsWith("obqa");
        assertThat(Family.all())
                .allSatisfy(family ->
                        assertThat(Collections.frequency(kinds, family.word())).isEqualTo(75));
        assertThat(world.kinds("id")).hasSize(200);
        assertThat(world.kinds("word")).hasSize(200);
        assertThat(world.kinds("both")).hasSize(400);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.kinds("test"))
                .withMessageContaining("test set test is not known; choose one of id, held, word, both");
    }

    /** The same bounds that the pre-trainings were chosen by: facts known, the form of the questions not yet. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void should_know_the_facts_but_not_the_form_of_questions_when_untrained(int pretrained) {
        try (NDManager manager = Torch.newManager();
                var parameters = new Parameters(manager)) {
            new ShippedWeights(CommonsenseWorld.class, "", pretrained)
                    .tensors(manager)
                    .forEach(parameters::add);
            Encyclopedia facts = Encyclopedia.create();
            Vocabulary vocabulary = Vocabulary.of(facts);
            var model = new FactsModel(parameters, vocabulary, manager);
            long[] all = LongStream.range(0, vocabulary.size()).toArray();
            List<Cloze> clozes = facts.clozes();
            long[] told = model.choices(
                    clozes.stream()
                            .map(cloze -> vocabulary.encodeFromBegin(cloze.prompt()))
                            .toList(),
                    Collections.nCopies(clozes.size(), all));
            long[] known = clozes.stream()
                    .mapToLong(cloze -> vocabulary.id(cloze.answer()))
                    .toArray();

            assertThat(Hits.of(told, known).percent()).isGreaterThanOrEqualTo(97);
            assertThat(new FactsQuestions("held", model, new FactsItems(facts).held())
                            .outcomes()
                            .percent())
                    .isBetween(30.0, 42.0);
            assertThat(CommonsenseWorld.retention(model, new Corpus(facts))).isBetween(.80, .87);
        }
    }

    @Test
    void should_be_another_world_when_another_pretraining_is_chosen() {
        World other = world.with(Map.of("pretrained", "2"));

        assertThat(world.with(Map.of("pretrained", "0", "fraction", "1"))).isSameAs(world);
        assertThat(other).isSameAs(world.with(Map.of("pretrained", "2")));
        assertThat(other.fingerprint()).isNotEqualTo(world.fingerprint());
        assertThat(other.settings().get(0).defaultValue()).isEqualTo("2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.with(Map.of("pretrained", "3")))
                .withMessageContaining("pretrained 3 is not known; choose one of 0, 1, 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.with(Map.of("fractoin", "1")))
                .withMessageContaining("did you mean fraction?");
    }

    @ParameterizedTest
    @CsvSource({"0.05, 1", "1e-9, 1", "0.1, 1", "0.25, 3", "0.5, 6", "0.99, 12", "1, 12"})
    void should_ask_some_questions_more_often_when_a_fraction_is_trained_on(double fraction, int ofEachFamily) {
        List<Question> training = new FactsItems(Encyclopedia.create()).training(0);

        List<Question> repeated = FactsItems.repeated(training, fraction);

        assertThat(repeated).hasSize(96).extracting(Question::family).isSorted();
        for (Family family : Family.all()) {
            List<Question> own = training.stream()
                    .filter(question -> question.family() == family)
                    .toList();
            for (Question question : own) {
                assertThat(Collections.frequency(repeated, question))
                        .as(question.prompt())
                        .isEqualTo(own.indexOf(question) < ofEachFamily ? 12 / ofEachFamily : 0);
            }
        }
    }

    @Test
    void should_have_as_many_examples_and_another_key_when_a_fraction_is_asked() {
        Plan few = plan(Map.of("fraction", "0.05"));

        try (OpenWorld open = few.world().open("id", 0)) {
            assertThat(open.task().examples()).isEqualTo(96);
        }
        assertThat(few.key())
                .isEqualTo(plan(Map.of("fraction", "5e-2")).key())
                .isNotEqualTo(plan(Map.of()).key());
        assertThat(plan(Map.of("fraction", "1")).key()).isEqualTo(plan(Map.of()).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.5", "1.01", "NaN", "much", ""})
    void should_say_what_a_fraction_is_when_it_is_none(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(Map.of("fraction", text)))
                .withMessage("fraction is a share of the training questions above 0 and at most 1, got " + text
                        + "; such as 0.25");
    }

    @Test
    void should_put_adapters_where_the_reference_has_them() {
        assertThat(world.targets(Trained.LORA)).isEqualTo(".*\\.(q|k|v|up|down)_proj");
        assertThat(world.targets(Trained.SERIES)).isEqualTo(".*\\.mlp");
        assertThat(world.targets(Trained.PARALLEL)).isEqualTo(".*\\.mlp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(Map.of("trained", "adapters")))
                .withMessage("trained=adapters needs a model with adapters, which that of commonsense has not; choose"
                        + " another experiment, such as pascal, or leave it out");
    }

    private static Plan plan(Map<String, String> settings) {
        return Plan.of(
                new ExperimentSpec("commonsense", ExperimentSpec.TWIN, "id", "adam-spd", 3e-3, 0, Map.of(), settings));
    }
}

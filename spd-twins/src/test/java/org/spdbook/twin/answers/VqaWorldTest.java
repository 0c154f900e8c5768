package org.spdbook.twin.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spdbook.data.Pixels;
import org.spdbook.eval.Questioned;
import org.spdbook.experiment.Experiment;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Head;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Trained;
import org.spdbook.experiment.World;
import org.spdbook.twin.ShippedWeights;

class VqaWorldTest {

    private static final List<String> SETS = List.of(
            "vqav2", "iv-vqa", "cv-vqa", "rephrasings", "vqa-cp", "vqa-ce", "advqa", "textvqa", "vizwiz", "ok-vqa");

    private final World world = World.named("vqa");

    @Test
    void should_be_found_and_be_the_same_when_asked_again() {
        assertThat(world.table()).isEqualTo(6);
        assertThat(world.domains()).isEqualTo(SETS);
        assertThat(world.trainable()).containsExactly("vqav2");
        assertThat(world.testsAllSeedsAlike()).isTrue();
        assertThat(world.untrained()).isEqualTo("zero-shot");
        assertThat(world.metric()).isEqualTo("accuracy");
        assertThat(world.rate()).isEqualTo(1e-3);
        assertThat(world.recipe().groups().trained()).isEqualTo(Trained.LORA);
        assertThat(world.recipe().groups().head()).isEqualTo(Head.EXCLUDED);
        assertThat(world.fingerprint()).hasSize(64).isEqualTo(new VqaWorld().fingerprint());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.open("advqa", 0))
                .withMessageContaining("domain advqa is not known; choose one of vqav2");
    }

    @Test
    void should_sum_up_near_and_far_sets_that_together_are_all_but_the_one_trained_on() {
        assertThat(new VqaWorld().groups())
                .containsOnlyKeys("near", "far")
                .containsEntry("near", SETS.subList(1, 7))
                .containsEntry("far", SETS.subList(7, 10));
    }

    @Test
    void should_tell_what_it_is_made_of_when_data_and_model_are_asked_for() {
        assertThat(world.dataFacts())
                .containsEntry("validation", "300 more, as wrong")
                .containsEntry("textvqa", "200 questions: a digit is to be read")
                .containsEntry("advqa", "200 questions: a model with a probed head is wrong on them")
                .containsEntry("fingerprint", world.fingerprint())
                .containsKeys(SETS.toArray(String[]::new))
                .hasEntrySatisfying("training", text -> assertThat(text).startsWith("256 questions"))
                .hasEntrySatisfying("an example", text -> assertThat(text).matches("answer en .+ [?] -> [a-z0-9]+"));
        assertThat(Experiment.modelFacts(world))
                .containsEntry("words", "117")
                .containsEntry("width, blocks, heads", "128, 3, 4")
                .containsEntry("parameters", "830,688 in 61 tensors")
                .hasEntrySatisfying(
                        "pre-trained by",
                        text -> assertThat(text).contains("2,750 steps").endsWith("seed 0"));
    }

    @ParameterizedTest
    @EnumSource(AnswersSet.class)
    void should_have_the_kinds_of_answers_of_vqa_when_a_set_is_asked(AnswersSet set) {
        List<String> kinds = world.kinds(set.word());
        List<Item> items = new VqaItems(new ShippedWeights(VqaWorld.class, "")).test(set);

        assertThat(kinds).hasSize(200);
        for (int i = 0; i < kinds.size(); i++) {
            String answer = items.get(i).answer();
            String kind = answer.matches("yes|no") ? "yes/no" : answer.matches("\\d") ? "number" : "other";
            assertThat(kinds.get(i)).isEqualTo(kind);
        }
    }

    @Test
    void should_know_which_sets_are_of_one_kind() {
        assertThat(world.kindsOf()).isEqualTo("vqav2");
        assertThat(new HashSet<>(world.kinds("vqav2"))).containsExactlyInAnyOrder("yes/no", "number", "other");
        assertThat(new HashSet<>(world.kinds("cv-vqa"))).containsExactly("number");
        assertThat(new HashSet<>(world.kinds("textvqa"))).containsExactly("number");
        assertThat(new HashSet<>(world.kinds("ok-vqa"))).containsExactly("other");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.kinds("vqa-v2"))
                .withMessageContaining("test set vqa-v2 is not known; did you mean vqav2?");
    }

    /** The bounds of {@code reference/language} F, for the pre-training of all tables and for the mean of all three: single ones differ much. */
    @Test
    void should_know_the_content_but_not_the_style_of_answers_when_untrained() {
        List<Map<String, Double>> scores = IntStream.rangeClosed(0, 2)
                .mapToObj(i -> Experiment.zeroShot(world.with(Map.of("pretrained", Integer.toString(i))), 0))
                .toList();

        assertThat(scores.get(0).keySet()).containsExactlyElementsOf(SETS);
        assertThat(scores.get(0).get("vqav2")).isBetween(45.0, 70.0);
        assertThat(far(scores.get(0))).isBetween(45.0, 65.0);
        assertThat(scores.stream()
                        .mapToDouble(one -> one.get("vqav2"))
                        .average()
                        .orElseThrow())
                .isBetween(45.0, 70.0);
        assertThat(scores.stream().mapToDouble(VqaWorldTest::far).average().orElseThrow())
                .isBetween(45.0, 65.0);
    }

    private static double far(Map<String, Double> scores) {
        return SETS.subList(7, 10).stream().mapToDouble(scores::get).average().orElseThrow();
    }

    @Test
    void should_be_another_world_when_another_pretraining_is_chosen() {
        World other = world.with(Map.of("pretrained", "2"));

        assertThat(world.with(Map.of("pretrained", "0"))).isSameAs(world);
        assertThat(other).isSameAs(world.with(Map.of("pretrained", "2")));
        assertThat(other.fingerprint()).isNotEqualTo(world.fingerprint());
        assertThat(other.settings().get(0).defaultValue()).isEqualTo("2");
        assertThat(other.kinds("vqav2")).isEqualTo(world.kinds("vqav2"));
        assertThat(other.kinds("advqa")).isNotEqualTo(world.kinds("advqa"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.with(Map.of("pretrained", "3")))
                .withMessageContaining("pretrained 3 is not known; choose one of 0, 1, 2");
    }

    @Test
    void should_put_adapters_into_the_language_model_alone() {
        assertThat("lm.model.layers.0.self_attn.q_proj").matches(world.targets(Trained.LORA));
        assertThat("lm.model.layers.2.mlp.down_proj").matches(world.targets(Trained.LORA));
        assertThat("lm.model.layers.2.mlp").matches(world.targets(Trained.SERIES));
        for (String other : List.of(
                "lm.model.layers.0.self_attn.o_proj",
                "lm.model.layers.0.mlp.gate_proj",
                "vision.blocks.0.proj",
                "projection",
                "lm.lm_head")) {
            assertThat(other).doesNotMatch(world.targets(Trained.LORA)).doesNotMatch(world.targets(Trained.SERIES));
        }
    }

    @Test
    void should_say_what_else_there_is_when_a_prefix_is_asked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(new ExperimentSpec(
                        "vqa",
                        ExperimentSpec.TWIN,
                        "vqav2",
                        "adam-spd",
                        1e-3,
                        0,
                        Map.of(),
                        Map.of("trained", "prefix"))))
                .withMessage("trained=prefix puts tokens before a text, and that of vqa begins with a picture; choose"
                        + " lora, series or parallel");
    }

    @Test
    void should_show_a_picture_with_each_question() {
        try (OpenWorld open = new VqaWorld().open("vqav2", 0)) {
            Questioned set = (Questioned) open.testSets().get(3);

            assertThat(set.name()).isEqualTo("rephrasings");
            assertThat(IntStream.range(0, set.examples())).hasSize(200).allSatisfy(i -> {
                assertThat(set.picture(i).height()).isEqualTo(32);
                assertThat(set.picture(i).channels()).isEqualTo(Pixels.RGB);
                assertThat(set.question(i)).matches("[a-z0-9 ]+[a-z][?.]");
                assertThat(set.answer(i)).isNotBlank();
            });
            assertThat(IntStream.range(0, 200).mapToObj(set::picture).distinct())
                    .hasSize(200);
        }
    }

    @Test
    void should_have_noise_of_the_strength_of_the_reference_and_the_same_each_time() {
        for (AnswersSet set : List.of(AnswersSet.VQAV2, AnswersSet.VIZWIZ)) {
            Drawing drawing = set.items().get(7).drawing();
            double[] plain = drawing.plain();
            float[] pixels = drawing.pixels();
            double[] noise = IntStream.range(0, plain.length)
                    .mapToDouble(i -> pixels[i] - plain[i])
                    .toArray();
            double mean = Arrays.stream(noise).average().orElseThrow();
            double spread = Math.sqrt(Arrays.stream(noise)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElseThrow());
            double expected = set == AnswersSet.VIZWIZ ? .10 : .04;

            assertThat(mean).isBetween(-.1 * expected, .1 * expected);
            assertThat(spread).isBetween(.95 * expected, 1.05 * expected);
            assertThat(drawing.pixels()).containsExactly(pixels);
        }
    }
}

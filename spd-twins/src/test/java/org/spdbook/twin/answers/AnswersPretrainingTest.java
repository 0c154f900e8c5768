package org.spdbook.twin.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Torch;
import org.spdbook.twin.ShippedWeights;
import org.spdbook.weights.DType;
import org.spdbook.weights.Safetensors;

class AnswersPretrainingTest {

    @TempDir
    private Path folder;

    @Test
    void should_write_model_and_questions_when_it_has_ended() throws IOException {
        Path file = folder.resolve("one.safetensors");
        List<Double> losses = new ArrayList<>();
        Map<String, Double> scores = new AnswersPretraining(3, 10).run(file, (step, loss) -> losses.add(loss));

        assertThat(losses).hasSize(10).allMatch(loss -> loss > 0 && loss < 6);
        assertThat(scores)
                .hasSize(7 + 9)
                .containsKeys("colour, %", "knowledge, %", "vqav2, %", "ok-vqa, %")
                .allSatisfy((what, percent) -> assertThat(percent).isBetween(0.0, 100.0));
        assertThat(Adversarial.items(Files.readString(folder.resolve("one.adversarial.txt"))))
                .hasSize(200);
        try (Safetensors stored = Safetensors.open(file)) {
            assertThat(stored.names())
                    .containsExactlyElementsOf(AnswersModel.shapes().keySet());
            assertThat(stored.info(AnswersModel.TABLE).dtype()).isEqualTo(DType.F16);
            assertThat(stored.metadata()).containsEntry("steps", "10").containsEntry("seed", "3");
        }
    }

    @Tag("slow")
    @Test
    void should_write_the_same_model_and_questions_when_run_again() throws IOException {
        new AnswersPretraining(0, 20).run(folder.resolve("one.safetensors"), (step, loss) -> {});
        new AnswersPretraining(0, 20).run(folder.resolve("again.safetensors"), (step, loss) -> {});

        for (String what : List.of("safetensors", "adversarial.txt")) {
            assertThat(folder.resolve("again." + what)).hasSameBinaryContentAs(folder.resolve("one." + what));
        }
    }

    @Test
    void should_say_how_many_steps_there_must_be_when_there_are_too_few() {
        assertThat(AnswersPretraining.STEPS).isEqualTo(350 + 2400);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnswersPretraining(0, 1))
                .withMessageContaining("at least a step for each of two stages, got 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void should_name_two_hundred_candidates_once_when_stored(int pretrained) {
        String text = new VqaItems(new ShippedWeights(VqaWorld.class, "", pretrained)).adversarial();
        int[] numbers = Arrays.stream(text.trim().split("\\s+"))
                .mapToInt(Integer::parseInt)
                .toArray();

        assertThat(numbers).hasSize(200).isSorted().doesNotHaveDuplicates();
        assertThat(numbers[199]).isLessThan(1600);
        assertThat(Adversarial.text(numbers)).isEqualTo(text);
    }

    /** Ten seconds each. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void should_find_the_stored_questions_when_they_are_sought_again(int pretrained) {
        var weights = new ShippedWeights(VqaWorld.class, "", pretrained);
        try (NDManager manager = Torch.newManager();
                Parameters parameters = AnswersCheckpoint.parameters(weights.tensors(manager), manager)) {
            assertThat(Adversarial.text(Adversarial.sought(new AnswersModel(parameters, manager))))
                    .isEqualTo(new VqaItems(weights).adversarial());
        }
    }
}

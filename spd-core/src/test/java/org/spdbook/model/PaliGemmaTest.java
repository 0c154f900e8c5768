package org.spdbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.model.generation.GenerationConfig;
import org.spdbook.model.generation.Generator;
import org.spdbook.model.generation.Prompts;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/** PaliGemma beside what the verifier of its fixtures asks. */
class PaliGemmaTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final int IMAGE = 49;

    @TempDir
    private Path folder;

    private NDManager manager;
    private PaliGemma model;
    private NDArray images;
    private PaliGemma.Text text;
    private NDArray labels;

    @BeforeEach
    void opened() throws IOException {
        manager = Torch.newManager();
        Path fixture = FIXTURES.resolve("paligemma");
        model = PaliGemma.open(manager, fixture);
        try (Safetensors io = Safetensors.open(fixture.resolve("io.safetensors"))) {
            images = io.load(manager, "pixel_values");
            text = new PaliGemma.Text(
                    io.load(manager, "input_ids"),
                    io.load(manager, "token_type_ids"),
                    io.load(manager, "attention_mask"));
            labels = io.load(manager, "labels");
        }
    }

    @AfterEach
    void closed() {
        model.close();
        manager.close();
    }

    private static float[] values(Supplier<NDArray> result) {
        return Scope.compute(() -> Autograd.withoutRecording(() -> result.get().toFloatArray()));
    }

    @Test
    void should_be_one_model_under_the_names_of_each_origin() throws Exception {
        float[] logits = values(() -> model.logits(model.features(images), text));
        model.save(folder.resolve("hub"));
        UnaryOperator<String> memory = name -> name.replace("language_model.model", "model.language_model")
                .replace("multi_modal", "model.multi_modal")
                .replace("vision_tower", "model.vision_tower");
        Map<String, UnaryOperator<String>> origins = Map.of(
                "hub", name -> name,
                "written-by-5", name -> name.replace("vision_tower.vision_model", "vision_tower"),
                "memory-of-late", memory,
                "memory", name -> memory.apply(name).replace("vision_tower.vision_model", "vision_tower"));
        for (Map.Entry<String, UnaryOperator<String>> origin : origins.entrySet()) {
            Map<String, TensorData> tensors = new LinkedHashMap<>();
            model.parameters()
                    .asMap()
                    .forEach((name, array) -> tensors.put(origin.getValue().apply(name), TensorData.of(array)));
            Path own = Files.createDirectories(folder.resolve(origin.getKey()));
            SafetensorsWriter.write(own.resolve("model.safetensors"), tensors, Map.of());
            Files.copy(
                    folder.resolve("hub/config.json"),
                    own.resolve("config.json"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            try (PaliGemma other = PaliGemma.open(manager, own)) {
                assertThat(values(() -> other.logits(other.features(images), text)))
                        .as(origin.getKey())
                        .containsExactly(logits);
            }
        }
    }

    @Test
    void should_have_the_same_loss_and_gradients_when_blocks_are_recomputed() {
        Map<String, float[]> plain = gradients(false);

        gradients(true)
                .forEach((name, gradient) -> assertThat(gradient)
                        .as(name)
                        .usingComparatorWithPrecision(1e-6f)
                        .containsExactly(plain.get(name)));
        assertThat(plain.values()).allMatch(gradient -> !Arrays.equals(gradient, new float[gradient.length]));
    }

    private Map<String, float[]> gradients(boolean recompute) {
        new Gradients(recompute, Precision.FLOAT32)
                .of(() -> model.trainingLoss(() -> model.features(images), text, labels));
        List<NDArray> live =
                Autograd.gradients(List.copyOf(model.parameters().asMap().values()));
        Map<String, float[]> gradients = new LinkedHashMap<>();
        for (int i = 0; i < live.size(); i++) {
            gradients.put(model.parameters().names().get(i), live.get(i).toFloatArray());
        }
        Autograd.zero(live);
        return gradients;
    }

    @Test
    void should_have_nearly_the_loss_of_float32_when_it_computes_in_bfloat16() {
        Supplier<NDArray> loss = () -> model.trainingLoss(() -> model.features(images), text, labels);
        double full = Gradients.USUAL.of(loss);
        double rounded = new Gradients(false, Precision.BF16).of(loss);

        assertThat(rounded).isNotEqualTo(full).isCloseTo(full, within(.01 * full));
        assertThat(new Gradients(true, Precision.BF16).of(loss)).isEqualTo(rounded);
    }

    @Test
    void should_have_the_same_loss_when_features_were_kept() {
        NDArray kept = Autograd.withoutRecording(() -> model.features(images));

        assertThat(values(() -> model.loss(kept, text, labels)))
                .containsExactly(values(() -> model.loss(model.features(images), text, labels)));
        Gradients.USUAL.of(() -> model.trainingLoss(() -> kept, text, labels));
        assertThat(model.parameters()
                        .get("language_model.model.norm.weight")
                        .getGradient()
                        .toFloatArray())
                .isNotEqualTo(new float[32]);
    }

    @Test
    void should_say_what_is_wrong_when_places_and_images_differ() {
        NDArray one = Autograd.withoutRecording(() -> model.features(images.get("0:1")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.logits(one, text))
                .withMessage("a text needs as many places for images as they have tokens, got 8 with id 139 and 4"
                        + " tokens of 1 images; give each image 4");
    }

    /** Their questions are of several lengths; alone, none is filled up. */
    @Test
    void should_write_behind_each_image_what_it_writes_alone() throws Exception {
        Path fixture = FIXTURES.resolve("paligemma-texts");
        try (PaliGemma writing = PaliGemma.open(manager, fixture);
                Safetensors io = Safetensors.open(fixture.resolve("io.safetensors"))) {
            NDArray features = Autograd.withoutRecording(() -> writing.features(io.load(manager, "pixel_values")));
            int rows = (int) features.getShape().get(0);
            int width = (int) io.info("input_ids").shape()[1];
            int length = (int) io.info("greedy").shape()[1];
            long[] ids = io.longs("input_ids");
            long[] greedy = io.longs("greedy");
            for (int row = 0; row < rows; row++) {
                long[] prompt = Arrays.copyOfRange(ids, row * width, (row + 1) * width);
                int filling = 0;
                while (prompt[filling] != IMAGE) {
                    filling++;
                }
                CausalModel seeing = writing.seeing(features.get(row + ":" + (row + 1)));
                long[][] written = new Generator(
                                seeing,
                                GenerationConfig.greedy(seeing, length - width).withPadding(0))
                        .generate(Prompts.of(List.of(Arrays.copyOfRange(prompt, filling, width)), 0));

                long[] all = Arrays.copyOfRange(greedy, row * length, (row + 1) * length);
                assertThat(Arrays.copyOf(written[0], length - filling))
                        .as("prompt %d", row)
                        .containsExactly(Arrays.copyOfRange(all, filling, length));
            }
        }
    }

    @Test
    void should_take_prompts_with_an_id_of_images_that_is_no_word() throws Exception {
        Path fixture = FIXTURES.resolve("paligemma-padded");
        try (PaliGemma outside = PaliGemma.open(manager, fixture)) {
            assertThat(outside.config().imageId())
                    .isGreaterThanOrEqualTo(outside.config().text().vocabulary());
            NDArray features =
                    Autograd.withoutRecording(() -> outside.features(manager.zeros(new Shape(1, 3, 23, 23))));
            CausalModel seeing = outside.seeing(features);
            var generator =
                    new Generator(seeing, GenerationConfig.greedy(seeing, 2).withEnds(List.of()));

            assertThat(generator
                            .generate(Prompts.of(List.of(new long[] {61, 61, 61, 61, 61, 61, 61, 61, 61, 2, 5}), 0))[0])
                    .hasSize(13);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> generator.generate(Prompts.of(List.of(new long[] {60}), 0)))
                    .withMessageContaining("got 60");
        }
    }
}

package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;
import org.spdbook.model.PaliGemma;
import org.spdbook.model.PaliGemmaConfig;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;
import org.spdbook.weights.DType;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/** LoRA in both towers of PaliGemma, as peft computes it; its numbers are written by fixtures/paligemma/make.py. */
class PaliGemmaAdaptersTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final Pattern FOUR = Pattern.compile(".*\\.(q|k|v|o)_proj");
    private static final String TABLE = "language_model.model.embed_tokens.weight";

    @TempDir
    private Path folder;

    private NDManager manager;
    private Safetensors io;
    private NDArray images;
    private NDArray labels;
    private PaliGemma.Text text;

    @BeforeEach
    void opened() throws IOException {
        manager = Torch.newManager();
        io = Safetensors.open(FIXTURES.resolve("paligemma-lora/io.safetensors"));
        try (Safetensors inputs = Safetensors.open(FIXTURES.resolve("paligemma/io.safetensors"))) {
            images = inputs.load(manager, "pixel_values");
            labels = inputs.load(manager, "labels");
            text = new PaliGemma.Text(
                    inputs.load(manager, "input_ids"),
                    inputs.load(manager, "token_type_ids"),
                    inputs.load(manager, "attention_mask"));
        }
    }

    @AfterEach
    void closed() throws IOException {
        io.close();
        manager.close();
    }

    @Test
    void should_train_what_the_paper_trains_in_the_3b_model() {
        Map<String, Shape> modules = AdapterConfig.modules(PaliGemma.shapes(PaliGemmaConfig.of3B()));
        var lora = new LoraConfig(8, 16, .05, FOUR);
        Map<String, Shape> chosen = AdapterConfig.chosen(modules, FOUR);

        assertThat(lora.count(modules)).isEqualTo(3_336_192);
        assertThat(new LoraConfig(8, 16, .05, Pattern.compile("language_model" + FOUR)).count(modules))
                .isEqualTo(1_843_200);
        assertThat(new LoraConfig(8, 16, .05, Pattern.compile("vision_tower" + FOUR)).count(modules))
                .isEqualTo(1_492_992);
        assertThat(chosen)
                .hasSize(18 * 4 + 27 * 3)
                .containsEntry("language_model.model.layers.17.self_attn.k_proj", new Shape(256, 2048))
                .containsEntry("vision_tower.vision_model.encoder.layers.26.self_attn.q_proj", new Shape(1152, 1152));
        assertThat(chosen.keySet()).noneMatch(name -> name.matches(".*(out_proj|fc[12]|projector|gate|up_|down).*"));
        assertThat(modules)
                .containsKey("multi_modal_projector.linear")
                .doesNotContainKey("language_model.model.embed_tokens");
    }

    /** peft's name in transformers' memory. */
    private static String theirs(String name) {
        return "base_model.model."
                + name.replace("vision_tower.vision_model", "model.vision_tower")
                        .replace("language_model.model", "model.language_model")
                        .replaceFirst("\\.weight$", ".default.weight");
    }

    private Lora withTheirValues(PaliGemma model) {
        Lora lora = new LoraConfig(4, 8, 0, FOUR).attach(model.parameters(), new Random(1));
        assertThat(lora.tensors()).hasSize(2 * (2 * 4 + 2 * 3));
        lora.tensors().forEach((name, array) -> array.set(io.floats("adapter." + theirs(name))));
        return lora;
    }

    private void agree(PaliGemma model, Lora lora, String prefix, double limit) {
        float[] logits = TinyLlama.values(() -> model.logits(model.features(images), text));
        near(logits, io.floats(prefix + "logits"), limit, prefix + "logits");
        double loss = Gradients.USUAL.of(() -> model.loss(model.features(images), text, labels));
        assertThat(loss).isCloseTo(io.floats(prefix + "loss")[0], org.assertj.core.data.Offset.offset(limit));
        TinyLlama.gradients(lora.tensors())
                .forEach((name, gradient) ->
                        near(gradient, io.floats(prefix + "gradient." + theirs(name)), 4 * limit, name));
    }

    /** limit: of the largest difference, as a share of the largest value. */
    private static void near(float[] ours, float[] theirs, double limit, String name) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < theirs.length; i++) {
            largest = Math.max(largest, Math.abs(theirs[i]));
            difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
        }
        assertThat(ours).as(name).hasSameSizeAs(theirs);
        assertThat(difference).as(name).isLessThan(limit * largest);
    }

    @Test
    void should_compute_what_peft_computes_when_it_has_its_adapters() throws Exception {
        try (PaliGemma model = PaliGemma.open(manager, FIXTURES.resolve("paligemma"))) {
            Lora lora = withTheirValues(model);

            agree(model, lora, "", 1e-5);
            AttachTest.assertNoGradients(model.parameters());
        }
    }

    /** peft names adapters as the model in its memory is named, which differs from transformers 4 to 5. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void should_read_the_adapters_when_they_are_named_as_elsewhere(int origin) throws IOException {
        try (PaliGemma model = PaliGemma.open(manager, FIXTURES.resolve("paligemma"))) {
            Lora lora = withTheirValues(model);
            PeftFile.write(folder, lora.config(), lora, "");
            float[] logits = TinyLlama.values(() -> model.logits(model.features(images), text));
            Map<String, TensorData> renamed = new LinkedHashMap<>();
            lora.tensors()
                    .forEach((name, array) -> renamed.put(
                            PeftFile.key(
                                    PaliGemma.ORIGINS.get(origin).source(name).key()),
                            TensorData.of(array)));
            SafetensorsWriter.write(folder.resolve("adapter_model.safetensors"), renamed, Map.of());
            lora.detach();

            PeftFile.read(folder, model.parameters(), PaliGemma.ORIGINS);

            assertThat(TinyLlama.values(() -> model.logits(model.features(images), text)))
                    .containsExactly(logits);
        }
    }

    /** Needs {@code SPD_TRANSFORMERS_PYTHON}, as {@link PeftInteropTest}. */
    @Test
    @Tag("slow")
    void should_be_computed_alike_by_peft_when_it_reads_the_adapters() throws Exception {
        String python = System.getenv("SPD_TRANSFORMERS_PYTHON");
        if (python == null) {
            throw new TestAbortedException("SPD_TRANSFORMERS_PYTHON names no Python that has peft");
        }
        try (PaliGemma model = PaliGemma.open(manager, FIXTURES.resolve("paligemma"))) {
            model.save(folder.resolve("model"));
            Lora lora = withTheirValues(model);
            PeftFile.write(folder.resolve("adapters"), lora.config(), lora, "");
            float[] logits = TinyLlama.values(() -> model.logits(model.features(images), text));
            SafetensorsWriter.write(
                    folder.resolve("io.safetensors"),
                    Map.of(
                            "pixel_values",
                            TensorData.of(images),
                            "input_ids",
                            TensorData.of(text.ids()),
                            "token_type_ids",
                            TensorData.of(text.types()),
                            "logits",
                            TensorData.of(logits, io.info("logits").shape())),
                    Map.of());
        }
        Process process = new ProcessBuilder(
                        python, "src/test/python/compare_with_peft.py", "paligemma", folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("paligemma: largest difference");
    }

    /** As {@code tensor.bfloat16()} rounds. */
    private void writeShort() throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        try (PaliGemma model = PaliGemma.open(manager, FIXTURES.resolve("paligemma"))) {
            model.parameters().asMap().forEach((name, array) -> {
                ByteBuffer bytes = ByteBuffer.allocate(2 * (int) array.size()).order(ByteOrder.LITTLE_ENDIAN);
                for (float value : array.toFloatArray()) {
                    int bits = Float.floatToIntBits(value);
                    bytes.putShort((short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16));
                }
                tensors.put(name, new TensorData(DType.BF16, array.getShape().getShape(), bytes.flip()));
            });
        }
        SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
        Files.copy(FIXTURES.resolve("paligemma/config.json"), folder.resolve("config.json"));
    }

    /**
     * In transformers all that is between layers is rounded to bfloat16 too, here only what goes into them: each is within 0.8 % of the largest logit of
     * float32, and within 3.4 % of the largest gradient.
     */
    @Test
    void should_compute_what_peft_computes_but_for_rounding_when_weights_are_bfloat16() throws Exception {
        writeShort();
        try (PaliGemma model = PaliGemma.openFrozen(manager, folder)) {
            assertThat(model.parameters().trained()).isEmpty();
            assertThat(model.parameters().asMap().values()).allMatch(array -> array.getDataType() == DataType.BFLOAT16);
            Lora lora = withTheirValues(model);

            agree(model, lora, "bf16.", .02);
            AttachTest.assertNoGradients(model.parameters());
        }
    }

    @Test
    void should_train_the_table_alone_when_it_is_read_as_float32() throws Exception {
        writeShort();
        try (PaliGemma model = PaliGemma.openFrozen(manager, folder, TABLE::equals);
                PaliGemma full = PaliGemma.open(manager, folder)) {
            assertThat(model.parameters().trained()).containsOnlyKeys(TABLE);
            assertThat(model.parameters().get(TABLE).getDataType()).isEqualTo(DataType.FLOAT32);
            Gradients.USUAL.of(() -> model.trainingLoss(() -> model.features(images), text, labels));
            Gradients.USUAL.of(() -> full.trainingLoss(() -> full.features(images), text, labels));

            float[] gradient = TinyLlama.gradients(model.parameters().trained()).get(TABLE);
            float[] wanted = TinyLlama.gradients(Map.of(TABLE, full.parameters().get(TABLE)))
                    .get(TABLE);
            near(gradient, wanted, .03, TABLE);
        }
    }

    /** {@code sqrt(2048)} is 45.25 in bfloat16. */
    @Test
    void should_scale_tokens_by_a_number_of_the_tables_type() {
        try (NDArray full = manager.zeros(new Shape(1))) {
            assertThat(Ops.rounded(Math.sqrt(2048), full)).isEqualTo((float) Math.sqrt(2048));
            assertThat(Ops.rounded(Math.sqrt(2048), full.toType(DataType.FLOAT16, true)))
                    .isEqualTo(45.25);
        }
    }
}

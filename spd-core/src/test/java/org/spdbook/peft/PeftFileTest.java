package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spdbook.weights.DType;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

class PeftFileTest {

    private static final String WEIGHTS = "adapter_model.safetensors";

    @TempDir
    private Path folder;

    private final TinyLlama tiny = new TinyLlama();

    @AfterEach
    void freed() {
        tiny.close();
    }

    static Stream<AdapterConfig> adapters() {
        return Stream.of(
                TinyLlama.lora(.25),
                new LoraConfig(
                        3, 4.5, 0, Pattern.compile(".*q_proj"), Map.of("model.layers.1.self_attn.q_proj", own(5, 1.5))),
                new PrefixConfig(3),
                new BottleneckConfig(
                        BottleneckConfig.Place.SERIES, 4, BottleneckConfig.Form.RELU, .5, Pattern.compile(".*\\.mlp")),
                new BottleneckConfig(
                        BottleneckConfig.Place.PARALLEL,
                        4,
                        BottleneckConfig.Form.TANH,
                        1,
                        AdapterConfig.targets(List.of("up_proj", "down_proj"))));
    }

    private static LoraConfig.Own own(int rank, double alpha) {
        return new LoraConfig.Own(rank, alpha);
    }

    private Attached written(AdapterConfig config) throws IOException {
        Attached attached = TinyLlama.stirred(config.attach(tiny.parameters(), new Random(1)));
        PeftFile.write(folder, config, attached, "llama");
        return attached;
    }

    private void edited(Consumer<JsonObject> change) throws IOException {
        Path file = folder.resolve(PeftFile.CONFIG);
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        change.accept(json);
        Files.writeString(file, json.toString());
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void should_compute_the_same_bits_when_written_and_read(AdapterConfig config) throws IOException {
        float[] plain = tiny.logits();
        Attached attached = written(config);
        float[] adapted = tiny.logits();
        assertThat(adapted).isNotEqualTo(plain);
        attached.detach();
        assertThat(tiny.logits()).containsExactly(plain);

        Attached read = PeftFile.read(folder, tiny.parameters());

        assertThat(tiny.logits()).containsExactly(adapted);
        if (read instanceof Lora lora) {
            assertThat(lora.config())
                    .usingRecursiveComparison()
                    .ignoringFields("targets")
                    .isEqualTo(config);
            assertThat(lora.config().targets().pattern())
                    .isEqualTo(((LoraConfig) config).targets().pattern());
        }
    }

    @Test
    void should_take_only_the_modules_of_the_file_when_the_configuration_means_more() throws IOException {
        Attached attached = written(new LoraConfig(2, 4, 0, Pattern.compile("model\\.layers\\.1\\..*[qv]_proj")));
        float[] adapted = tiny.logits();
        attached.detach();
        for (String targets : List.of("[\"q_proj\",\"v_proj\"]", "\"all-linear\"", "\"(?P<python>.*)_proj\"")) {
            edited(json -> json.add("target_modules", JsonParser.parseString(targets)));

            Attached read = PeftFile.read(folder, tiny.parameters());

            assertThat(read.names()).hasSize(4);
            assertThat(tiny.logits()).as(targets).containsExactly(adapted);
            read.detach();
        }
    }

    @Test
    void should_read_bfloat16_as_float32() throws IOException {
        Attached attached = written(TinyLlama.lora(0));
        Map<String, float[]> rounded = new LinkedHashMap<>();
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        attached.tensors().forEach((name, array) -> {
            float[] values = array.toFloatArray();
            short[] halves = new short[values.length];
            for (int i = 0; i < values.length; i++) {
                halves[i] = (short) (Float.floatToIntBits(values[i]) >>> 16);
                values[i] = Float.intBitsToFloat(halves[i] << 16);
            }
            rounded.put(name, values);
            tensors.put(PeftFile.key(name), bfloat16(halves, array.getShape().getShape()));
        });
        SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Map.of());
        attached.detach();

        Attached read = PeftFile.read(folder, tiny.parameters());

        read.tensors().forEach((name, array) -> {
            assertThat(array.getDataType()).isEqualTo(ai.djl.ndarray.types.DataType.FLOAT32);
            assertThat(array.toFloatArray()).as(name).containsExactly(rounded.get(name));
        });
    }

    private static TensorData bfloat16(short[] halves, long[] shape) {
        var bytes = java.nio.ByteBuffer.allocate(2 * halves.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(halves);
        return new TensorData(DType.BF16, shape, bytes);
    }

    @Test
    void should_say_so_and_leave_the_model_as_it_was_when_the_folder_is_not_for_it() throws IOException {
        written(TinyLlama.lora(0)).detach();
        float[] plain = tiny.logits();
        String config = Files.readString(folder.resolve(PeftFile.CONFIG));

        refused(json -> json.addProperty("use_dora", true), "the adapters use use_dora of peft's LoRA, which is not");
        refused(json -> json.addProperty("bias", "all"), "the adapters use bias of peft's LoRA, which is not here;");
        refused(
                json -> json.addProperty("peft_type", "IA3"),
                "adapters of peft_type IA3 were found; LORA, PREFIX_TUNING and BOTTLENECK can be read here");
        refused(json -> json.remove("r"), "the adapters' configuration needs a whole number in r, found null;");
        refused(json -> json.addProperty("r", 5), "adapter tensor base_model.model.model.layers.0.self_attn.q_proj");
        refused(
                json -> json.getAsJsonObject("rank_pattern").addProperty("(?P<python>q)", 3),
                "the expression (?P<python>q) in rank_pattern of the adapters' configuration is not one");

        Files.writeString(folder.resolve(PeftFile.CONFIG), config);
        Map<String, TensorData> more = new LinkedHashMap<>();
        try (Safetensors file = Safetensors.open(folder.resolve(WEIGHTS))) {
            for (String name : file.names()) {
                more.put(name, TensorData.of(file.floats(name), file.info(name).shape()));
            }
        }
        more.put("base_model.model.lm_head.weight", TensorData.of(new float[] {1}, 1));
        SafetensorsWriter.write(folder.resolve(WEIGHTS), more, Map.of());
        refused(json -> {}, "the adapters' file has 1 tensors of no module of this model, such as base_model.model.lm");
        Files.delete(folder.resolve(WEIGHTS));
        assertThatIOException().isThrownBy(() -> PeftFile.read(folder, tiny.parameters()));

        assertThat(tiny.logits()).containsExactly(plain);
        assertThat(tiny.parameters().trained()).hasSameSizeAs(tiny.parameters().asMap());
    }

    @Test
    void should_say_so_when_the_adapters_are_gone() {
        AdapterConfig config = TinyLlama.lora(0);
        Attached attached = config.attach(tiny.parameters(), new Random(1));
        attached.detach();

        assertThatIllegalStateException()
                .isThrownBy(() -> PeftFile.write(folder, config, attached, ""))
                .withMessageStartingWith("adapters that are detached were to be written to ");
        assertThat(folder).isEmptyDirectory();
    }

    private void refused(Consumer<JsonObject> change, String sentence) throws IOException {
        String before = Files.readString(folder.resolve(PeftFile.CONFIG));
        edited(change);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeftFile.read(folder, tiny.parameters()))
                .withMessageStartingWith(sentence);
        Files.writeString(folder.resolve(PeftFile.CONFIG), before);
    }
}

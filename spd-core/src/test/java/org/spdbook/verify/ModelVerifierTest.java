package org.spdbook.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

class ModelVerifierTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

    @TempDir
    private Path folder;

    private static List<Difference> compare(Path folder) throws IOException {
        return Verifier.of(folder).orElseThrow().compare(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "clip, 6",
        "swin-136, 8",
        "segformer-head, 1",
        "llama, 5",
        "llama-grouped, 3",
        "llama-ends, 3",
        "llama-lora, 3",
        "llama-prefix, 3",
        "llama-series, 3",
        "llama-parallel, 3",
        "gemma, 5",
        "paligemma, 3",
        "paligemma-padded, 3",
        "paligemma-texts, 3"
    })
    void should_compute_what_transformers_computes_when_it_has_its_weights(String name, int groups) throws Exception {
        List<Difference> differences = compare(FIXTURES.resolve(name));

        differences.forEach(System.err::println);
        assertThat(differences).hasSize(groups).allMatch(Difference::ok);
    }

    @ParameterizedTest
    @CsvSource({
        "clip, text_model.encoder.layers.1.self_attn.k_proj.weight",
        "swin-136, swin.encoder.layers.0.blocks.1.attention.self.relative_position_bias_table",
        "segformer-head, batch_norm.running_var",
        "gemma, model.norm.weight",
        "paligemma, vision_tower.post_layernorm.bias",
        "paligemma-padded, model.multi_modal_projector.linear.weight"
    })
    void should_differ_when_one_value_is_another(String name, String tensor) throws Exception {
        copy(name);
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        try (Safetensors model = Safetensors.open(folder.resolve("model.safetensors"))) {
            for (String key : model.names()) {
                if (key.equals(tensor)) {
                    float[] values = model.floats(key);
                    values[0] += 1;
                    tensors.put(key, TensorData.of(values, model.info(key).shape()));
                } else {
                    tensors.put(
                            key,
                            new TensorData(
                                    model.info(key).dtype(), model.info(key).shape(), model.buffer(key)));
                }
            }
            SafetensorsWriter.write(folder.resolve("changed"), tensors, Map.of());
        }
        Files.move(
                folder.resolve("changed"),
                folder.resolve("model.safetensors"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(compare(folder)).anyMatch(difference -> !difference.ok());
    }

    private void copy(String name) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES.resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void should_say_what_is_wrong_when_config_and_weights_are_of_different_models() throws Exception {
        copy("clip");
        Path config = folder.resolve("config.json");
        String text = Files.readString(config);

        Files.writeString(config, text.replace("\"patch_size\": 8", "\"patch_size\": 4"));
        assertThatThrownBy(() -> compare(folder))
                .hasMessageContaining("patch_embedding.weight of shape [32, 3, 4, 4] is needed")
                .hasMessageContaining("found [32, 3, 8, 8]");

        Files.writeString(config, text.replace("quick_gelu", "softplus"));
        assertThatThrownBy(() -> compare(folder))
                .hasMessageContaining("activation softplus is not known; choose one of");

        Files.writeString(config, text.replace("\"hidden_size\": 32", "\"hidden_size\": \"wide\""));
        assertThatThrownBy(() -> compare(folder)).hasMessageContaining("needs a whole number in hidden_size");
    }
}

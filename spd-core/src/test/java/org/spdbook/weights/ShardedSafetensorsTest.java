package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardedSafetensorsTest {

    private static final String ONE = "model-00001-of-00002.safetensors";
    private static final String TWO = "model-00002-of-00002.safetensors";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeShards() throws IOException {
        SafetensorsWriter.write(
                folder.resolve(ONE),
                Map.of("a", TensorData.of(new float[] {1, 2}, 2), "unlisted", TensorData.of(new long[] {1}, 1)),
                Map.of());
        SafetensorsWriter.write(folder.resolve(TWO), Map.of("b", TensorData.of(new long[] {7}, 1)), Map.of());
        index("{\"metadata\":{\"total_size\":16},\"weight_map\":{\"b\":\"" + TWO + "\",\"a\":\"" + ONE + "\"}}");
    }

    private Path index(String json) throws IOException {
        return Files.writeString(folder.resolve("model.safetensors.index.json"), json);
    }

    @Test
    void should_read_all_shards_when_folder_has_an_index() throws IOException {
        try (TensorFile file = Safetensors.openFolder(folder)) {
            assertThat(file.names()).containsExactly("b", "a");
            assertThat(file.floats("a")).containsExactly(1, 2);
            assertThat(file.longs("b")).containsExactly(7);
            assertThat(file.info("b").dtype()).isEqualTo(DType.I64);
            assertThat(file.has("unlisted")).isFalse();
            assertThat(file.metadata()).containsEntry("total_size", "16");
            assertThatThrownBy(() -> file.info("c"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("index.json has no tensor c");
        }
    }

    @Test
    void should_prefer_the_single_file_when_both_are_there() throws IOException {
        SafetensorsWriter.write(
                folder.resolve("model.safetensors"), Map.of("whole", TensorData.of(new float[1], 1)), Map.of());

        try (TensorFile file = Safetensors.openFolder(folder)) {
            assertThat(file.names()).containsExactly("whole");
        }
    }

    @Test
    void should_name_shard_and_tensor_when_a_shard_is_missing() throws IOException {
        Files.delete(folder.resolve(TWO));

        assertThatThrownBy(() -> Safetensors.openFolder(folder))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("index.json")
                .hasMessageContaining("tensor b is said to lie in shard " + TWO);
    }

    @Test
    void should_name_shard_and_tensor_when_shard_lacks_the_tensor() throws IOException {
        Path index = index("{\"weight_map\":{\"a\":\"" + TWO + "\"}}");

        assertThatThrownBy(() -> ShardedSafetensors.open(index))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("tensor a is said to lie in shard " + TWO + ", which does not hold it");
    }

    @Test
    void should_name_the_shard_when_it_breaks_the_format() throws IOException {
        Files.write(folder.resolve(TWO), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> Safetensors.openFolder(folder))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(TWO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | weight_map",
                "{\"weight_map\":[]} | weight_map",
                "[] | begin with {",
                "{\"weight_map\":{\"a\":\"x\",\"a\":\"y\"}} | a comes twice",
                "{\"weight_map\":{\"a\":5}} | no file name",
                "{\"weight_map\":{\"a\":\"../up.safetensors\"}} | no file name",
                "{\"weight_map\":{\"a\":\"/up.safetensors\"}} | no file name",
                "{\"weight_map\":{\"a\":\"..\"}} | no file name",
                "{\"weight_map\":{\"a\":\"sub\\\\up\"}} | no file name",
                "{\"weight_map\":{\"a\" | not valid JSON"
            })
    void should_say_what_is_wrong_when_index_is_broken(String json, String reason) throws IOException {
        Path index = index(json);

        assertThatThrownBy(() -> ShardedSafetensors.open(index))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(index.toString())
                .hasMessageContaining(reason);
    }

    @Test
    void should_say_what_was_looked_for_when_folder_has_no_weights() throws IOException {
        Files.delete(folder.resolve("model.safetensors.index.json"));

        assertThatThrownBy(() -> Safetensors.openFolder(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("model.safetensors.index.json");
    }
}

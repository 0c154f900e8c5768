package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFolderTest {

    private static final Map<String, TensorData> ONE = Map.of("a", TensorData.of(new float[] {1, 2}, 2));
    private static final Map<String, TensorData> TWO = Map.of("b", TensorData.of(new long[] {7}, 1));

    @TempDir
    private Path folder;

    @Test
    void should_open_the_only_archive_when_nothing_else_is_there() throws IOException {
        MadeArchive.save(folder.resolve("swin.PTH"), ONE, "model");
        Files.createDirectory(folder.resolve("more.pt"));
        Files.writeString(folder.resolve("notes.ptx"), "");

        try (TensorFile file = WeightsFolder.open(folder)) {
            assertThat(file.names()).containsExactly("a");
            assertThat(file.floats("a")).containsExactly(1, 2);
        }
    }

    @Test
    void should_prefer_the_names_of_the_hub_when_several_files_are_there() throws IOException {
        MadeArchive.save(folder.resolve("other.pt"), ONE, "");
        MadeArchive.save(folder.resolve("pytorch_model.bin"), TWO, "");
        try (TensorFile file = WeightsFolder.open(folder)) {
            assertThat(file.longs("b")).containsExactly(7);
        }

        SafetensorsWriter.write(folder.resolve("model.safetensors"), ONE, Map.of());
        try (TensorFile file = WeightsFolder.open(folder)) {
            assertThat(file.names()).containsExactly("a");
        }
    }

    @Test
    void should_read_all_shards_when_there_is_an_index_of_archives() throws IOException {
        MadeArchive.save(folder.resolve("pytorch_model-00001-of-00002.bin"), ONE, "");
        MadeArchive.save(folder.resolve("pytorch_model-00002-of-00002.bin"), TWO, "");
        Path index = folder.resolve("pytorch_model.bin.index.json");
        Files.writeString(
                index,
                "{\"metadata\":{\"total_size\":16},\"weight_map\":{\"b\":\"pytorch_model-00002-of-00002.bin\","
                        + "\"a\":\"pytorch_model-00001-of-00002.bin\"}}");

        try (TensorFile file = WeightsFolder.open(folder)) {
            assertThat(file.names()).containsExactly("b", "a");
            assertThat(file.floats("a")).containsExactly(1, 2);
            assertThat(file.longs("b")).containsExactly(7);
            assertThat(file.metadata()).containsEntry("total_size", "16");
        }
        Files.delete(folder.resolve("pytorch_model-00002-of-00002.bin"));
        assertThatThrownBy(() -> WeightsFolder.open(folder))
                .hasMessageStartingWith(
                        "index of weights " + index + " cannot be read: tensor b is said to lie in shard");
    }

    @Test
    void should_name_the_files_when_several_may_be_meant() throws IOException {
        MadeArchive.save(folder.resolve("a.pt"), ONE, "");
        MadeArchive.save(folder.resolve("b.pth"), TWO, "");

        assertThatThrownBy(() -> WeightsFolder.open(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("may be any of [a.pt, b.pth] there; leave one of them");
    }

    @Test
    void should_say_what_was_looked_for_when_folder_has_no_weights() {
        assertThatThrownBy(() -> WeightsFolder.open(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("neither model.safetensors nor pytorch_model.bin");
        assertThatThrownBy(() -> WeightsFolder.open(folder.resolve("gone")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("gone");
    }
}

package org.spdbook.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache as huggingface_hub writes it: here with one file in the snapshot of main, and one in an older one. */
class HubCacheTest {

    private static final String NEW = "a".repeat(40);
    private static final String OLD = "b".repeat(40);

    @TempDir
    private Path root;

    private HubCache cache;
    private Path folder;

    @BeforeEach
    void layOut() throws IOException {
        cache = new HubCache(root);
        folder = root.resolve("models--openai--clip-vit-base-patch16");
        Files.createDirectories(folder.resolve("blobs"));
        Files.createDirectories(folder.resolve("refs/refs/pr"));
        Files.createDirectories(folder.resolve("snapshots").resolve(NEW));
        Files.createDirectories(folder.resolve("snapshots").resolve(OLD).resolve("sub"));
        Files.writeString(folder.resolve("refs/main"), NEW);
        Files.writeString(folder.resolve("refs/refs/pr/16"), OLD);
        Files.writeString(folder.resolve("blobs/e1"), "{}");
        Files.writeString(folder.resolve("blobs/e2"), "weights");
        Files.createSymbolicLink(
                folder.resolve("snapshots").resolve(NEW).resolve("config.json"), Path.of("../../blobs/e1"));
        Files.createSymbolicLink(
                folder.resolve("snapshots").resolve(OLD).resolve("sub/model.safetensors"),
                Path.of("../../../blobs/e2"));
    }

    private static HubFile file(String revision, String name) {
        return new HubFile("openai/clip-vit-base-patch16", revision, name);
    }

    @Test
    void should_find_files_by_branch_pull_request_and_commit_when_they_are_there() {
        assertThat(cache.folder("openai/clip-vit-base-patch16")).isEqualTo(folder);
        assertThat(cache.find(file("main", "config.json")).orElseThrow()).hasContent("{}");
        assertThat(cache.find(file(NEW, "config.json"))).isPresent();
        assertThat(cache.find(file("refs/pr/16", "sub/model.safetensors")).orElseThrow())
                .hasContent("weights");
        assertThat(cache.snapshot("openai/clip-vit-base-patch16", "main"))
                .contains(folder.resolve("snapshots").resolve(NEW));
    }

    @Test
    void should_find_nothing_when_file_revision_or_repository_is_not_there() throws IOException {
        assertThat(cache.find(file("main", "sub/model.safetensors"))).isEmpty();
        assertThat(cache.find(file("main", "sub"))).isEmpty();
        assertThat(cache.find(file("other", "config.json"))).isEmpty();
        assertThat(cache.find(file("c".repeat(40), "config.json"))).isEmpty();
        assertThat(cache.find(new HubFile("gpt2", "main", "config.json"))).isEmpty();
        assertThat(new HubCache(root.resolve("none")).find(file("main", "config.json")))
                .isEmpty();

        Files.delete(folder.resolve("blobs/e1"));
        assertThat(cache.find(file("main", "config.json"))).isEmpty();
        Files.writeString(folder.resolve("refs/main"), "../../..");
        assertThat(cache.snapshot("openai/clip-vit-base-patch16", "main")).isEmpty();
    }

    @Test
    void should_mend_the_link_when_its_blob_was_gone() throws IOException {
        Files.delete(folder.resolve("blobs/e1"));
        Files.writeString(folder.resolve("blobs/e3"), "again");
        var remote = new RemoteFile(file(NEW, "config.json"), "e3", 5);

        assertThat(cache.point(remote, true)).hasContent("again").isSymbolicLink();
    }

    @Test
    void should_name_its_files_when_an_index_is_read() throws IOException {
        Path index = Files.writeString(
                root.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"a\": \"m-2.safetensors\", \"b\": \"m-1.safetensors\", \"c\": \"m-2.safetensors\"}}");
        assertThat(WeightIndex.files("sub/model.safetensors.index.json", index))
                .containsExactly("sub/m-1.safetensors", "sub/m-2.safetensors");
        assertThat(WeightIndex.isIndex("pytorch_model.bin.index.json")).isTrue();
        assertThat(WeightIndex.isIndex("config.json")).isFalse();

        Files.writeString(index, "{\"weight_map\": {\"a\": \"../m\"}}");
        assertThatThrownBy(() -> WeightIndex.files("model.safetensors.index.json", index))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("which is no file name of its folder");
        Files.writeString(index, "{\"weights\": {}}");
        assertThatThrownBy(() -> WeightIndex.files("model.safetensors.index.json", index))
                .hasMessageContaining("has no weight_map");
    }
}

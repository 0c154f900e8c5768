package org.spdbook.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of weights that is shipped, and lists that are refused. */
class PaperWeightsTest {

    private static final String ENTRY = "{\"tables\": [3], \"model\": \"m\", \"repository\": \"org/m\","
            + " \"revision\": \"main\", \"commit\": null, \"files\": [{\"name\": \"config.json\", \"sha256\": null}],"
            + " \"tokenizer\": null, \"licence\": null, \"gated\": false, \"gigabytes\": null, \"notes\": []}";

    @Test
    void should_name_weights_of_every_table_when_the_shipped_list_is_read() {
        IntStream.rangeClosed(1, 6)
                .forEach(table -> assertThat(PaperWeights.ofTable(table)).isNotEmpty());
        assertThat(PaperWeights.ofTable(5)).extracting(PaperWeights::model).containsExactly("LLaMA-7B", "LLaMA-13B");
        assertThat(PaperWeights.all()).extracting(PaperWeights::repository).doesNotHaveDuplicates();
        assertThat(PaperWeights.all()).allSatisfy(one -> {
            assertThat(one.files()).extracting(PaperWeights.WeightsFile::name).contains("config.json");
            assertThat(one.files())
                    .extracting(PaperWeights.WeightsFile::name)
                    .anyMatch(name ->
                            name.endsWith(".safetensors") || name.endsWith(".bin") || WeightIndex.isIndex(name));
            assertThat(one.notes()).isNotEmpty().allMatch(note -> note.endsWith("."));
        });
    }

    @Test
    void should_say_that_it_is_not_pinned_when_the_commit_is_not_known() {
        assertThat(PaperWeights.all())
                .filteredOn(one -> one.commit().isEmpty())
                .hasSize(3)
                .allMatch(one -> one.notes().stream().anyMatch(note -> note.contains("the revision is not pinned")));
    }

    @Test
    void should_be_gated_when_it_is_paligemma() {
        assertThat(PaperWeights.all())
                .filteredOn(PaperWeights::gated)
                .extracting(PaperWeights::repository)
                .containsExactly("google/paligemma-3b-pt-224");
        assertThat(PaperWeights.of("google/paligemma-3b-pt-224").orElseThrow().licence())
                .contains("gemma");
        assertThat(PaperWeights.of("org/other")).isEmpty();
    }

    @Test
    void should_refuse_a_table_when_the_paper_has_none_such() {
        assertThatThrownBy(() -> PaperWeights.ofTable(7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("table 7 has no pre-trained weights; choose one of 1..6");
    }

    @Test
    void should_count_the_files_when_some_are_in_the_cache(@TempDir Path root) throws IOException {
        PaperWeights swin = PaperWeights.ofTable(4).get(0);
        var cache = new HubCache(root);
        assertThat(swin.cached(cache)).isZero();

        String commit = "a".repeat(40);
        Path snapshot = cache.folder(swin.repository()).resolve("snapshots").resolve(commit);
        Files.createDirectories(snapshot);
        Files.createDirectories(cache.folder(swin.repository()).resolve("refs"));
        Files.writeString(cache.folder(swin.repository()).resolve("refs/main"), commit);
        Files.writeString(snapshot.resolve("config.json"), "{}");
        assertThat(swin.cached(cache)).isEqualTo(1);
    }

    private static List<PaperWeights> read(String entry) throws IOException {
        return PaperWeights.read(("{\"format\": 1, \"weights\": [" + entry + "]}").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[3] | [7] | needs tables of 1..6",
                "[3] | [] | needs tables of 1..6",
                "org/m | nothing at all | is no name of a repository",
                "\"main\" | \"../x\" | is no revision",
                "\"config.json\" | \"../config.json\" | is no file of a repository",
                "\"sha256\": null | \"sha256\": \"abc\" | needs 64 hexadecimal digits",
                "\"sha256\": null | \"sha\": null | sha256 is missing",
                "\"commit\": null | \"commit\": \"7efa0a2\" | needs a whole commit or none",
                "\"tokenizer\": null | \"tokenizer\": \"vocab.json\" | its tokenizer among them",
                "\"gigabytes\": null | \"gigabytes\": 0 | needs gigabytes above 0",
                "\"licence\": null, | ~~ | needs the keys",
                "\"notes\": [] | \"notes\": [], \"more\": 1 | needs the keys"
            })
    void should_be_refused_when_an_entry_is_wrong(String right, String wrong, String said) throws IOException {
        assertThat(read(ENTRY)).hasSize(1);
        assertThat(ENTRY).contains(right);

        assertThatThrownBy(() -> read(ENTRY.replace(right, wrong)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(said);
    }

    @Test
    void should_be_refused_when_the_format_is_another() {
        assertThatThrownBy(() -> PaperWeights.read("{\"format\": 2, \"weights\": []}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("needs format 1");
    }
}

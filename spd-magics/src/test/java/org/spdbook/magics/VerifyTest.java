package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.experiment.RunStore;
import org.spdbook.magics.front.Terminal;

/** The word {@code verify} on folders that cannot be checked: always one sentence, never a stack. */
class VerifyTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @Test
    void should_name_what_was_found_and_the_known_kinds_when_the_kind_is_unknown() throws Exception {
        Files.writeString(folder.resolve("tokenizer.json"), "{}");

        assertThat(verify(folder)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .satisfiesExactly(
                        sentence -> assertThat(sentence)
                                .contains(" holds tokenizer.json, which is no kind")
                                .contains("optimizer trajectories", "classifier", "resize", "metric"),
                        verdict -> assertThat(verdict).isEqualTo("UNKNOWN KIND"));
    }

    @Test
    void should_say_that_nothing_was_found_when_the_folder_is_empty() {
        assertThat(verify(folder)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(" holds nothing, ")
                .endsWith("UNKNOWN KIND\n");
    }

    @Test
    void should_be_wrong_use_when_there_is_no_such_folder() {
        Path missing = folder.resolve("missing");

        assertThat(verify(missing)).isEqualTo(2);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .isEqualTo("spd: " + missing + " is not a folder; name one with reference files\n");
    }

    @Test
    void should_say_which_file_is_broken_when_json_or_tensors_cannot_be_read() throws Exception {
        Files.writeString(folder.resolve("cases.json"), "[{\"case\": 0,");

        assertThat(verify(folder)).isEqualTo(1);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith("spd: " + folder.resolve("cases.json") + " is not valid JSON (")
                .hasLineCount(1);

        messages.reset();
        Files.delete(folder.resolve("cases.json"));
        Files.writeString(folder.resolve("io.safetensors"), "x");
        Files.writeString(folder.resolve("model.safetensors"), "x");
        assertThat(verify(folder)).isEqualTo(1);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .contains("model.safetensors")
                .hasLineCount(1);
    }

    private int verify(Path path) {
        var stream = new PrintStream(messages, true, StandardCharsets.UTF_8);
        var data = new PrintStream(out, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(InputStream.nullInputStream(), data, stream, RunStore.here());
        return Spd.run(terminal, List.of("verify", path.toString()));
    }
}

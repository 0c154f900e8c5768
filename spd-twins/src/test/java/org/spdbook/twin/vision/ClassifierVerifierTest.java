package org.spdbook.twin.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spdbook.verify.Difference;
import org.spdbook.verify.Verifier;

class ClassifierVerifierTest {

    private static final Path FOLDER = Path.of("src/test/resources/fixtures/emoji-vit");

    @Test
    void should_agree_with_the_reference_when_forward_backward_and_steps_run() throws Exception {
        var differences = Verifier.of(FOLDER).orElseThrow().compare(FOLDER);

        assertThat(differences).hasSize(4 + 3 * 2 * 3).allMatch(Difference::ok, "agrees");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"lr\": 0.001,', '\"lr\": 0.0010001,', 6",
        "'\"strength\": 1.0,', '\"strength\": 1.001,', 2",
        "'\"strength\": 0.1,', '\"strength\": 0.101,', 2",
        "'\"strength\": 0.01,', '\"strength\": 0.03,', 2",
    })
    void should_differ_when_a_setting_is_a_little_off(String setting, String other, int groups, @TempDir Path folder)
            throws IOException {
        copy(folder);
        Path note = folder.resolve("note.json");
        String settings = Files.readString(note);
        assertThat(settings).contains(setting);
        Files.writeString(note, settings.replace(setting, other));

        var differences = Verifier.of(folder).orElseThrow().compare(folder);

        assertThat(differences)
                .filteredOn(difference -> difference.group().contains("after") && !difference.ok())
                .hasSize(groups);
    }

    private static void copy(Path folder) throws IOException {
        try (var files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
    }
}

package org.spdbook.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerVerifierTest {

    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/tokenizer");

    @TempDir
    private Path folder;

    @BeforeEach
    void copyTokenizer() throws Exception {
        Files.copy(FIXTURE.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    }

    @Test
    void should_give_the_ids_and_texts_of_python_when_the_fixture_is_read() throws Exception {
        var differences = Verifier.of(FIXTURE).orElseThrow().compare(FIXTURE);

        assertThat(differences)
                .hasSize(2)
                .allMatch(Difference::ok)
                .extracting(Difference::group)
                .containsExactly("ids of 15 texts", "decoded texts of 15");
    }

    @Test
    void should_differ_and_name_the_case_when_one_id_or_one_character_is_another() throws Exception {
        cases("""
                [{"text":"","ids":[1],"decoded":""},
                 {"text":"the robin","ids":[1,285,368,333],"decoded":"the robin"},
                 {"text":"the robin","ids":[1,285,368,265],"decoded":"thec"},
                 {"text":"the robin","ids":[1,285,368,333,2],"decoded":"the robin</s>"}]
                """);

        var differences = Verifier.of(folder).orElseThrow().compare(folder);

        assertThat(differences)
                .extracting(Difference::group)
                .containsExactly(
                        "ids of 4 texts",
                        "decoded texts of 4",
                        "ids of case 2",
                        "ids of case 3",
                        "decoded text of case 3");
        assertThat(differences).noneMatch(Difference::ok);
        assertThat(differences).extracting(Difference::absolute).containsExactly(2.0, 1.0, 1.0, 1.0, 4.0);
        assertThat(differences).extracting(Difference::relative).containsExactly(0.5, 0.25, 0.25, 0.2, 4 / 13.0);
    }

    @Test
    void should_refuse_in_a_sentence_when_a_case_lacks_a_part() throws Exception {
        cases("[{\"text\":\"\",\"ids\":[1],\"decoded\":\"\"},{\"text\":\"a\",\"ids\":[1]}]");
        assertThatIOException()
                .isThrownBy(() -> new TokenizerVerifier().compare(folder))
                .withMessageContaining("a case needs text, ids and decoded, found {\"text\":\"a\",\"ids\":[1]}");

        // not the id 1
        cases("[{\"text\":\"\",\"ids\":[1.5],\"decoded\":\"\"}]");
        assertThatIOException()
                .isThrownBy(() -> new TokenizerVerifier().compare(folder))
                .withMessageContaining("a case needs text, ids and decoded, found ");
    }

    @Test
    void should_not_recognise_a_folder_when_it_has_no_tokenizer_or_no_case() throws Exception {
        cases("[]");
        assertThat(new TokenizerVerifier().recognises(folder)).isFalse();

        cases("[{\"text\":\"\",\"ids\":[1],\"decoded\":\"\"}]");
        assertThat(new TokenizerVerifier().recognises(folder)).isTrue();

        Files.delete(folder.resolve("tokenizer.json"));
        assertThat(new TokenizerVerifier().recognises(folder)).isFalse();
    }

    private void cases(String json) throws Exception {
        Files.writeString(folder.resolve("cases.json"), json);
    }
}

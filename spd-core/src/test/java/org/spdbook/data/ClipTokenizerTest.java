package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link TextTokenizer} by the file of CLIP. */
class ClipTokenizerTest {

    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/clip-tokenizer");

    @Test
    void should_give_the_ids_of_the_python_library_when_texts_are_read() throws IOException {
        try (TextTokenizer tokenizer = TextTokenizer.open(FIXTURE.resolve("tokenizer.json"))) {
            for (JsonElement element : JsonParser.parseString(Files.readString(FIXTURE.resolve("cases.json")))
                    .getAsJsonArray()) {
                JsonObject one = element.getAsJsonObject();
                long[] ids = StreamSupport.stream(one.getAsJsonArray("ids").spliterator(), false)
                        .mapToLong(JsonElement::getAsLong)
                        .toArray();
                assertThat(tokenizer.encode(one.get("text").getAsString())).isEqualTo(ids);
            }
        }
    }

    @Test
    void should_cut_nothing_off_when_a_text_is_long() throws IOException {
        try (TextTokenizer tokenizer = TextTokenizer.open(FIXTURE.resolve("tokenizer.json"))) {
            assertThat(tokenizer.encode("cat ".repeat(2000))).hasSize(2002);
            assertThat(Arrays.stream(tokenizer.encode("cat")).boxed()).hasSize(3);
        }
    }

    @Test
    void should_say_what_is_wrong_when_the_file_is_missing_or_broken(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        assertThatThrownBy(() -> TextTokenizer.open(file)).hasMessageContaining("looked for in " + file);
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> TextTokenizer.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read");
    }
}

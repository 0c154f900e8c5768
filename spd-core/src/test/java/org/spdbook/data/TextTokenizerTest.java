package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {

    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/tokenizer");

    @TempDir
    private Path folder;

    @Test
    void should_set_special_ids_around_a_text_unless_it_is_asked_for_alone() throws Exception {
        try (TextTokenizer tokenizer = TextTokenizer.open(FIXTURE)) {
            assertThat(tokenizer.encode("the robin flies")).containsExactly(1, 285, 368, 345, 318);
            assertThat(tokenizer.encodePlain("the robin flies")).containsExactly(285, 368, 345, 318);
            assertThat(tokenizer.encodePlain("")).isEmpty();
            assertThat(tokenizer.encodePlain("</s> <s>")).containsExactly(2, 304, 1);
        }
    }

    @Test
    void should_leave_special_tokens_out_of_a_text_unless_they_are_kept() throws Exception {
        try (TextTokenizer tokenizer = TextTokenizer.open(FIXTURE.resolve("tokenizer.json"))) {
            long[] ids = {1, 285, 368, 333, 2};
            assertThat(tokenizer.decode(ids)).isEqualTo("the robin");
            assertThat(tokenizer.decode(ids, true)).isEqualTo("<s> the robin</s>");
            assertThat(tokenizer.decode(new long[0])).isEmpty();
        }
    }

    @Test
    void should_give_back_every_character_when_special_tokens_are_kept() throws Exception {
        try (TextTokenizer tokenizer = TextTokenizer.open(FIXTURE)) {
            for (String text :
                    List.of("line\nbreak\ttab", "\u0000\u0001\u007f\r\n", "Ünïcödé 漢字 🙂", "\u2028\ufeff x ")) {
                assertThat(tokenizer.decode(tokenizer.encodePlain(text), true)).isEqualTo(text);
            }
        }
    }

    @Test
    void should_cut_or_fill_nothing_when_the_file_or_the_library_would() throws Exception {
        JsonObject json = JsonParser.parseString(Files.readString(FIXTURE.resolve("tokenizer.json")))
                .getAsJsonObject();
        json.add(
                "truncation",
                JsonParser.parseString(
                        "{\"direction\":\"Right\",\"max_length\":4,\"strategy\":\"LongestFirst\",\"stride\":0}"));
        json.add(
                "padding",
                JsonParser.parseString(
                        "{\"strategy\":{\"Fixed\":8},\"direction\":\"Right\",\"pad_to_multiple_of\":null,"
                                + "\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"<unk>\"}"));
        Files.writeString(folder.resolve("tokenizer.json"), json.toString());
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"strip_accents\":true,\"model_max_length\":4}");

        try (TextTokenizer tokenizer = TextTokenizer.open(folder);
                TextTokenizer original = TextTokenizer.open(FIXTURE)) {
            assertThat(tokenizer.encode("the")).containsExactly(1, 285, 368);
            assertThat(tokenizer.encode("a".repeat(6000))).hasSize(6002);
            assertThat(tokenizer.encode("Ünïcödé")).isEqualTo(original.encode("Ünïcödé"));
        }
    }

    @Test
    void should_know_the_ids_of_tokens_when_asked_by_name() throws Exception {
        try (TextTokenizer tokenizer = TextTokenizer.open(FIXTURE)) {
            assertThat(tokenizer.id("</s>")).hasValue(2);
            assertThat(tokenizer.id("<0x0A>")).hasValue(13);
            assertThat(tokenizer.id("the robin")).isEmpty();
            assertThat(tokenizer.vocabularySize()).isEqualTo(420);
        }
    }

    @Test
    void should_count_added_tokens_once_and_number_pairs_when_a_vocabulary_is_read() throws Exception {
        Vocabulary pairs = Vocabulary.parse("{\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\",-1.5],[\"b\",0]]},"
                + "\"added_tokens\":[{\"id\":1,\"content\":\"b\"},{\"id\":2,\"content\":\"<pad>\"}]}");

        assertThat(pairs.ids()).isEqualTo(Map.of("a", 0L, "b", 1L, "<pad>", 2L));
        assertThatIOException()
                .isThrownBy(() -> Vocabulary.parse("{\"model\":{\"vocab\":{\"a\":0}},\"added_tokens\":[{\"id\":1}]}"))
                .withMessage("one of its added_tokens has no id or no content");
        assertThatIOException()
                .isThrownBy(() -> Vocabulary.parse("{\"model\":{\"vocab\":{\"a\":\"x\"}}}"))
                .withMessageStartingWith("it is not the JSON of a tokenizer: ");
    }

    @Test
    void should_refuse_in_a_sentence_when_a_text_or_an_id_is_none() throws Exception {
        try (TextTokenizer tokenizer = TextTokenizer.open(FIXTURE)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tokenizer.encode("🙂a\ud83d"))
                    .withMessageContaining("half of a surrogate pair at character 3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tokenizer.decode(new long[] {1, -100}))
                    .withMessageContaining("must be 0..4294967295, got -100 at position 1");
            assertThat(tokenizer.decode(new long[] {333, 4_294_967_295L})).isEqualTo("robin");
        }
    }

    @Test
    void should_refuse_in_a_sentence_when_the_file_is_missing_or_broken() throws Exception {
        Path file = folder.resolve("tokenizer.json");
        refused(folder, "a tokenizer was looked for in " + file);
        String whole = Files.readString(FIXTURE.resolve("tokenizer.json"));
        Files.writeString(file, whole.substring(0, whole.length() / 2));
        refused(folder, file + " cannot be read: it is not the JSON of a tokenizer: ");
        Files.writeString(file, "{\"model\":{}}");
        refused(folder, "it has no model with a vocab; get it anew");
        Files.writeString(file, "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}}}");
        refused(folder, file + " cannot be read: ");
        Files.write(file, "{\"model\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        refused(folder, "it is not UTF-8 text");
    }

    private static void refused(Path folder, String reason) {
        assertThatIOException()
                .isThrownBy(() -> TextTokenizer.open(folder))
                .withMessageContaining(reason)
                .matches(e -> !e.getMessage().contains("\n"), "one line");
    }

    @Test
    void should_name_the_artifact_to_add_when_it_is_not_on_the_class_path() throws Exception {
        List<URL> others = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("huggingface")) {
                others.add(Path.of(entry).toUri().toURL());
            }
        }
        try (var loader = new URLClassLoader(others.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var open = loader.loadClass(TextTokenizer.class.getName()).getMethod("open", Path.class);

            assertThat(catchThrowable(() -> open.invoke(null, FIXTURE)))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a tokenizer needs ai.djl.huggingface:tokenizers, which is not on the class path; "
                            + "add this artifact in the version of ai.djl:api");
        }
    }

    @Test
    void should_refuse_in_a_sentence_when_the_natives_cannot_be_unpacked() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(output(reading(file)))
                .startsWith("the natives of ai.djl.huggingface:tokenizers cannot be unpacked and loaded from ")
                .endsWith("; make the folder writable and delete what is in it, or name another in DJL_CACHE_DIR");
    }

    @Test
    @Tag("slow")
    void should_read_in_each_process_when_several_unpack_the_natives_at_once() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(reading(folder.resolve("cache")));
        }
        for (Process process : processes) {
            assertThat(output(process)).isEqualTo("[1, 285, 368, 333]");
        }
        try (var left = Files.list(folder.resolve("cache/tokenizers"))) {
            assertThat(left).hasSize(1);
        }
    }

    private static Process reading(Path cache) throws Exception {
        var builder = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reading.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DJL_CACHE_DIR", cache.toString());
        builder.environment().remove("DJL_OFFLINE");
        return builder.start();
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** Reads a text in a process of its own. */
    static final class Reading {

        private Reading() {}

        public static void main(String[] arguments) {
            try (TextTokenizer tokenizer = TextTokenizer.open(FIXTURE)) {
                System.out.print(Arrays.toString(tokenizer.encode("the robin")));
            } catch (IOException e) {
                System.out.print(e.getMessage());
            }
        }
    }
}

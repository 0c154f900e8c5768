package org.spdbook.magics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.chart.Grid;
import org.spdbook.experiment.RunStore;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.magic.Magic.Completion;
import org.spdbook.kernel.magic.MagicException;
import org.spdbook.magics.front.Terminal;

/** The word {@code pull} in a terminal and in a notebook, on a hub on this machine. */
class PullTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private HttpServer hub;

    @BeforeEach
    void start() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", this::answer);
        hub.start();
        set("hf.endpoint", "http://localhost:" + hub.getAddress().getPort());
        set("hf.hub.cache", folder.resolve("hub").toString());
        set("hf.home", folder.toString());
        set("hf.token", "hf_secret");
        set("hf.hub.offline", "0");
    }

    private static void set(String property, String value) {
        System.setProperty(property, value);
    }

    @AfterEach
    void stop() {
        hub.stop(0);
        List.of("hf.endpoint", "hf.hub.cache", "hf.home", "hf.token", "hf.hub.offline")
                .forEach(System::clearProperty);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        String content = files.get(path.replaceFirst("/resolve/[^/]+/", "/"));
        if (content == null) {
            exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
            exchange.sendResponseHeaders(404, -1);
        } else {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
            exchange.getResponseHeaders().set("ETag", "\"" + Integer.toHexString(content.hashCode()) + "\"");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
        exchange.close();
    }

    private int spd(String words) {
        out.reset();
        messages.reset();
        var stream = new PrintStream(messages, true, StandardCharsets.UTF_8);
        var data = new PrintStream(out, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(InputStream.nullInputStream(), data, stream, RunStore.here());
        int code = Spd.run(terminal, List.of(words.split(" ")));
        assertThat(out() + messages()).doesNotContain("hf_secret");
        return code;
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String messages() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    private void sharded(String repository) {
        files.put("/" + repository + "/config.json", "{\"a\": 1}");
        files.put(
                "/" + repository + "/model.safetensors.index.json",
                "{\"weight_map\": {\"x\": \"model-2.safetensors\", \"y\": \"model-1.safetensors\"}}");
        files.put("/" + repository + "/model-1.safetensors", "first");
        files.put("/" + repository + "/model-2.safetensors", "second");
    }

    @Test
    void should_pull_the_named_files_when_asked_for_them() {
        files.put("/org/model/config.json", "{}");
        files.put("/org/model/sub/vocab.txt", "a\nb\n");

        assertThat(spd("pull org/model config.json sub/vocab.txt")).isZero();

        assertThat(out()).contains("config.json", "sub/vocab.txt", "loaded");
        assertThat(out())
                .contains("main of org/model is commit 01234567; its files are in "
                        + folder.resolve("hub/models--org--model/snapshots").resolve(COMMIT) + "\n");
        assertThat(messages()).contains("config.json: 0 of 1 kB, 100 %");
        assertThat(folder.resolve("hub/models--org--model/refs/main")).hasContent(COMMIT);

        assertThat(spd("pull org/model config.json --json")).isZero();
        JsonObject one = JsonParser.parseString(out()).getAsJsonArray().get(0).getAsJsonObject();
        assertThat(one.get("state").getAsString()).isEqualTo("in the cache");
        assertThat(one.get("commit").getAsString()).isEqualTo(COMMIT);
        assertThat(Path.of(one.get("path").getAsString())).hasContent("{}");
    }

    @Test
    void should_pull_what_the_index_names_when_no_file_is_named() {
        sharded("org/model");

        assertThat(spd("pull org/model --to " + folder.resolve("plain"))).isZero();

        assertThat(folder.resolve("plain/config.json")).hasContent("{\"a\": 1}");
        assertThat(folder.resolve("plain/model-1.safetensors")).hasContent("first");
        assertThat(folder.resolve("plain/model-2.safetensors")).hasContent("second");
        assertThat(out()).contains("its files are in " + folder.resolve("plain"));
    }

    @Test
    void should_name_the_whole_file_when_there_are_no_weights() {
        files.put("/org/model/config.json", "{}");

        assertThat(spd("pull org/model")).isEqualTo(1);
        assertThat(messages()).contains("spd: org/model has no file model.safetensors at revision main (404)");
    }

    @Test
    void should_pull_all_that_a_table_needs_when_asked_for_it() {
        files.put("/timm/swin_tiny_patch4_window7_224.ms_in22k/config.json", "{}");
        files.put("/timm/swin_tiny_patch4_window7_224.ms_in22k/model.safetensors", "weights");

        assertThat(spd("pull --table 4 --to " + folder.resolve("weights"))).isZero();

        assertThat(folder.resolve("weights/timm/swin_tiny_patch4_window7_224.ms_in22k/model.safetensors"))
                .hasContent("weights");
        assertThat(messages()).contains("timm/swin_tiny_patch4_window7_224.ms_in22k: about 0.2 GB in all");
        assertThat(out()).contains("the revision is not pinned");

        assertThat(spd("pull --list")).isZero();
        assertThat(out().lines()
                        .filter(line -> line.contains("Swin-Tiny"))
                        .findFirst()
                        .orElseThrow())
                .contains("main, not pinned", "mit", "2 of 2");
    }

    @Test
    void should_say_that_it_has_moved_when_the_commit_is_another() {
        List.of(
                        "config.json",
                        "preprocessor_config.json",
                        "pytorch_model.bin",
                        "special_tokens_map.json",
                        "tokenizer.json",
                        "tokenizer_config.json",
                        "vocab.json",
                        "merges.txt")
                .forEach(name -> files.put("/openai/clip-vit-base-patch16/" + name, name));

        assertThat(spd("pull --table 3")).isZero();
        assertThat(out()).contains("has moved since it was listed: it was commit 57c21647");
    }

    @Test
    void should_list_what_there_is_when_nothing_is_asked_of_the_hub() {
        assertThat(spd("pull --list")).isZero();
        assertThat(out())
                .contains("LLaMA-13B", "PaliGemma-3B pt-224", "to be accepted", "0 of 8", "main (was 57c21647)");

        assertThat(spd("pull --list --json")).isZero();
        JsonArray list = JsonParser.parseString(out()).getAsJsonArray();
        assertThat(list).hasSize(5);
        JsonObject clip = list.get(0).getAsJsonObject();
        assertThat(clip.get("licence").isJsonNull()).isTrue();
        assertThat(clip.getAsJsonArray("files")
                        .get(0)
                        .getAsJsonObject()
                        .get("cached")
                        .getAsBoolean())
                .isFalse();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pull",
                "pull --table 3 org/model",
                "pull --list --to x",
                "pull --table 3 --revision main",
                "pull --table 7",
                "pull --table x",
                "pull org/model ../x",
                "pull org/model config.json /etc/passwd",
                "pull a/b/c",
                "pull org/model config.json --revision ../x"
            })
    void should_be_wrong_use_when_the_words_do_not_fit(String words) {
        assertThat(spd(words)).isEqualTo(2);
        assertThat(messages()).startsWith("spd: ").hasLineCount(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void should_say_where_it_looked_when_offline() {
        set("hf.hub.offline", "1");
        assertThat(spd("pull org/model config.json")).isEqualTo(1);
        assertThat(messages())
                .contains("config.json of org/model (main) was looked for in", "HF_HUB_OFFLINE is set")
                .hasLineCount(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void should_show_a_bar_and_keep_what_was_loaded_when_interrupted_in_a_notebook() throws Exception {
        sharded("org/model");
        var session = new FakeSession();
        var magic = new SpdMagic(new RunStore(folder.resolve("runs")));
        session.interruptAtFirstStep = true;

        assertThatThrownBy(() -> magic.run(session.call("pull org/model config.json model-1.safetensors")))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining("the same command goes on from there");
        assertThat(session.cancels).isEmpty();
        assertThat(asked).noneMatch(request -> request.contains("model-1"));

        session.interruptAtFirstStep = false;
        Grid grid = (Grid) magic.run(session.call("pull org/model config.json model-1.safetensors"));
        assertThat(grid.rows()).extracting(row -> row.get(1)).containsExactly("config.json", "model-1.safetensors");
        assertThat(asked)
                .filteredOn(request -> request.startsWith("GET") && request.endsWith("config.json"))
                .as("what was loaded before the interrupt")
                .hasSize(1);
        List<DisplayBundle> bar = session.displays.get(session.displays.size() - 1);
        assertThat(bar.get(bar.size() - 1).plain()).startsWith("model-1.safetensors: 0 of 1 kB, 100 %");
        assertThat(bar.get(bar.size() - 1).data()).containsKey("text/html");

        assertThatThrownBy(() -> magic.run(session.call("pull org/model none.json")))
                .isInstanceOf(MagicException.class)
                .hasMessageContaining("has no file none.json");
    }

    @Test
    void should_offer_repositories_files_and_tables_when_completed() {
        var magic = new SpdMagic(new RunStore(folder.resolve("runs")));
        assertThat(magic.complete(List.of("pul"))).containsExactly(new Completion("pull", "command"));
        assertThat(magic.complete(List.of("pull", "open")))
                .containsExactly(new Completion("openai/clip-vit-base-patch16", "value"));
        assertThat(magic.complete(List.of("pull", "openai/clip-vit-base-patch16", "config.json", "vo")))
                .containsExactly(new Completion("vocab.json", "value"));
        assertThat(magic.complete(List.of("pull", "--table", "")))
                .extracting(Completion::text)
                .containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(magic.complete(List.of("pull", "--l"))).containsExactly(new Completion("--list", "option"));
    }
}

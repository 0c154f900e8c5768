package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.weights.HubServer.Reply;
import org.spdbook.weights.HubServer.Request;

/** Downloads from a hub on this machine that behaves, and from ones that do not. */
class HubDownloadTest {

    private static final String SECRET = "hf_secret";
    private static final byte[] CONTENT = content(300_000);
    private static final String SHA = Checksum.of(CONTENT);
    private static final HubFile WEIGHTS = new HubFile("org/model", "main", "model.safetensors");
    private static final HubFile CONFIG = new HubFile("org/model", "main", "sub/config.json");

    @TempDir
    private Path root;

    private HubServer server;
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final AtomicBoolean cancel = new AtomicBoolean();
    private long freeSpace = Long.MAX_VALUE;

    private final DownloadProgress progress = new DownloadProgress() {
        @Override
        public void loaded(long done, long size) {
            told.add(done + "/" + size);
        }

        @Override
        public void begin(String name, long done, long size) {
            told.add(name + " from " + done);
        }

        @Override
        public void waits(String why) {
            told.add(why);
        }
    };

    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    @BeforeEach
    void start() throws IOException {
        server = new HubServer(request -> lfs(request, Integer.MAX_VALUE));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** A large file: the endpoint redirects to a store on another host, which has an ETag of its own. */
    private Reply lfs(Request request, int cut) {
        if (request.path().startsWith("/org/")) {
            return Reply.of(
                            302,
                            "Location",
                            server.elsewhere("/store/1?signature=s"),
                            "X-Repo-Commit",
                            HubServer.COMMIT)
                    .with("X-Linked-Etag", "\"" + SHA + "\"")
                    .with("X-Linked-Size", Integer.toString(CONTENT.length));
        }
        return HubServer.file(request, CONTENT, "of-the-store").cutAfter(cut);
    }

    private HubSettings settings(URI endpoint, boolean offline, boolean symlinks) {
        return new HubSettings(
                endpoint,
                Optional.of(HubToken.of(SECRET, "HF_TOKEN")),
                root.resolve("token"),
                new HubCache(root.resolve("hub")),
                offline,
                symlinks);
    }

    private HubDownload download(HubSettings settings) {
        return new HubDownload(
                settings,
                new DownloadContext.Means(
                        (time, cancelled) -> waits.add(time), folder -> freeSpace, Duration.ofSeconds(5)));
    }

    private Pulled pull(HubFile file) throws IOException {
        return download(settings(server.endpoint(), false, true)).pull(file, Optional.empty(), progress, cancel::get);
    }

    private Path repository() {
        return root.resolve("hub").resolve("models--org--model");
    }

    private List<String> blobs() throws IOException {
        Path folder = repository().resolve("blobs");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** One sentence, without the secret; nothing half-written is there. */
    private void refused(ThrowingCallable call, String... said) throws IOException {
        assertThatThrownBy(call)
                .isInstanceOf(HubException.class)
                .hasMessageContainingAll(said)
                .message()
                .doesNotContain(SECRET, "\n")
                .hasSizeLessThan(600);
        assertThat(blobs()).isEmpty();
        assertThat(repository().resolve("refs")).doesNotExist();
    }

    @Test
    void should_lay_out_the_cache_as_huggingface_hub_does_when_a_large_file_is_pulled() throws IOException {
        Pulled pulled = pull(WEIGHTS);

        assertThat(pulled.how()).isEqualTo(Pulled.How.LOADED);
        assertThat(pulled.path())
                .isEqualTo(repository().resolve("snapshots/" + HubServer.COMMIT + "/model.safetensors"));
        assertThat(Files.readSymbolicLink(pulled.path())).isEqualTo(Path.of("..", "..", "blobs", SHA));
        assertThat(pulled.path()).hasBinaryContent(CONTENT);
        assertThat(repository().resolve("refs/main")).hasContent(HubServer.COMMIT);
        assertThat(blobs()).containsExactly(SHA);
        assertThat(new HubCache(root.resolve("hub")).find(WEIGHTS)).contains(pulled.path());
        assertThat(told).contains("model.safetensors from 0", CONTENT.length + "/" + CONTENT.length);
        assertThat(waits).isEmpty();
    }

    @Test
    void should_show_the_token_to_the_endpoint_alone_when_it_redirects_to_another_host() throws IOException {
        pull(WEIGHTS);

        assertThat(server.requests())
                .filteredOn(request -> request.path().startsWith("/org/"))
                .isNotEmpty()
                .allMatch(request -> request.header("authorization").equals(Optional.of("Bearer " + SECRET)));
        assertThat(server.requests())
                .filteredOn(request -> request.path().startsWith("/store/"))
                .isNotEmpty()
                .allMatch(request -> request.header("authorization").isEmpty())
                .allMatch(request -> request.header("host").orElseThrow().startsWith("127.0.0.1"));
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(file -> contains(file, SECRET));
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void should_follow_to_the_new_name_when_a_repository_was_renamed() throws IOException {
        byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
        server.answer(request -> request.path().startsWith("/org/model/")
                ? Reply.of(307, "Location", request.path().replace("/org/model/", "/org/renamed/"))
                : HubServer.file(request, json, "abc"));

        Pulled pulled = pull(CONFIG);

        assertThat(pulled.path()).hasContent("{}");
        assertThat(Files.readSymbolicLink(pulled.path())).isEqualTo(Path.of("..", "..", "..", "blobs", "abc"));
        assertThat(server.requests()).extracting(Request::path).contains("/org/renamed/resolve/main/sub/config.json");
    }

    @Test
    void should_ask_only_once_more_when_the_file_is_there_and_current() throws IOException {
        pull(WEIGHTS);
        int before = server.requests().size();

        assertThat(pull(WEIGHTS).how()).isEqualTo(Pulled.How.CURRENT);
        assertThat(server.methods().subList(before, server.methods().size())).containsExactly("HEAD");

        assertThat(pull(WEIGHTS.at(HubServer.COMMIT)).how()).isEqualTo(Pulled.How.CURRENT);
        assertThat(server.requests()).hasSize(before + 1);
    }

    @Test
    void should_go_on_from_the_cut_when_the_connection_breaks() throws IOException {
        AtomicInteger gets = new AtomicInteger();
        server.answer(request -> lfs(
                request,
                request.method().equals("GET") && request.path().startsWith("/store") && gets.incrementAndGet() < 3
                        ? 100_000
                        : Integer.MAX_VALUE));

        assertThat(pull(WEIGHTS).path()).hasBinaryContent(CONTENT);

        List<Request> stored = server.requests().stream()
                .filter(request -> request.path().startsWith("/store"))
                .toList();
        assertThat(stored).hasSize(3); // the client may drop some of the bytes before a cut
        assertThat(stored.get(0).from()).isZero();
        assertThat(stored.get(1).from()).isBetween(0, 100_000);
        assertThat(stored.get(2).from()).isBetween(Math.max(1, stored.get(1).from()), 200_000);
        assertThat(stored.get(2).header("if-range")).contains("\"of-the-store\"");
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(told)
                .contains(
                        "the connection was cut; again in 1 s",
                        "model.safetensors from " + stored.get(2).from());
        assertThat(blobs()).containsExactly(SHA);
    }

    @Test
    void should_give_up_and_keep_the_bytes_when_it_is_cut_too_often() throws IOException {
        server.answer(request -> lfs(request, 10_000));

        assertThatThrownBy(() -> pull(WEIGHTS))
                .isInstanceOf(HubException.class)
                .hasMessageContainingAll("cut 6 times in a row", "give the same command again");
        assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
        int kept = (int) Files.size(repository().resolve("blobs").resolve(SHA + ".spd.incomplete"));
        assertThat(kept).isBetween(10_000, 60_000);
        assertThat(repository().resolve("snapshots")).doesNotExist();

        server.answer(request -> lfs(request, Integer.MAX_VALUE));
        assertThat(pull(WEIGHTS).path()).hasBinaryContent(CONTENT);
        assertThat(server.requests().get(server.requests().size() - 1).from()).isEqualTo(kept);
        assertThat(blobs()).containsExactly(SHA);
    }

    @Test
    void should_begin_anew_when_the_server_ignores_the_range() throws IOException {
        AtomicInteger gets = new AtomicInteger();
        server.answer(request -> {
            if (request.path().startsWith("/org/")) {
                return lfs(request, 0);
            }
            var plain = new Request(request.method(), request.path(), java.util.Map.of());
            return HubServer.file(plain, CONTENT, "e")
                    .cutAfter(gets.incrementAndGet() == 1 ? 100_000 : Integer.MAX_VALUE);
        });

        assertThat(pull(WEIGHTS).path()).hasBinaryContent(CONTENT);
        assertThat(told.stream().filter("model.safetensors from 0"::equals)).hasSize(2);
    }

    @Test
    void should_load_once_more_from_the_start_when_bytes_from_before_were_others() throws IOException {
        Files.createDirectories(repository().resolve("blobs"));
        Files.write(repository().resolve("blobs").resolve(SHA + ".spd.incomplete"), new byte[5000]);

        assertThat(pull(WEIGHTS).path()).hasBinaryContent(CONTENT);
        assertThat(told).contains("model.safetensors from 5000", "model.safetensors from 0");
    }

    @Test
    void should_take_the_new_file_when_its_etag_changes_between() throws IOException {
        byte[] newer = content(123_456);
        AtomicInteger gets = new AtomicInteger();
        server.answer(request -> {
            if (request.method().equals("GET")) {
                gets.incrementAndGet();
            }
            return gets.get() <= 1
                    ? HubServer.file(request, CONTENT, "old").cutAfter(50_000)
                    : HubServer.file(request, newer, "new");
        });

        Pulled pulled = pull(CONFIG);

        assertThat(pulled.path()).hasBinaryContent(newer);
        assertThat(blobs()).containsExactly("new");
        assertThat(told).contains("the file was changed on the hub; beginning anew");
        assertThat(server.requests())
                .filteredOn(request -> request.from() > 0)
                .allMatch(request -> request.header("if-range").equals(Optional.of("\"old\"")));
    }

    @ParameterizedTest
    @ValueSource(ints = {299_999, 300_001, 1, 0})
    void should_say_so_and_keep_nothing_when_the_announced_size_is_wrong(int announced) throws IOException {
        server.answer(request -> {
            Reply reply = lfs(request, Integer.MAX_VALUE);
            return request.path().startsWith("/org/") ? reply.with("X-Linked-Size", "" + announced) : reply;
        });

        refused(() -> pull(WEIGHTS), "model.safetensors of org/model", "announced", "removed");
    }

    @ParameterizedTest
    @ValueSource(ints = {200_000, 400_000})
    void should_say_so_and_keep_nothing_when_a_body_of_unknown_length_is_shorter_or_longer(int sent)
            throws IOException {
        server.answer(request -> request.path().startsWith("/org/")
                ? lfs(request, 0)
                : Reply.of(200, "Transfer-Encoding", "chunked").body(content(sent)));

        refused(() -> pull(WEIGHTS), "300000 were announced", "removed");
    }

    @Test
    void should_say_so_and_keep_nothing_when_the_checksum_is_wrong() throws IOException {
        byte[] other = CONTENT.clone();
        other[200_000] ^= 1;
        server.answer(
                request -> request.path().startsWith("/org/") ? lfs(request, 0) : HubServer.file(request, other, "e"));

        refused(() -> pull(WEIGHTS), "SHA-256 " + Checksum.of(other), SHA + " was announced", "removed");
        assertThat(server.requests())
                .filteredOn(request -> request.path().startsWith("/store"))
                .hasSize(1);
    }

    @Test
    void should_load_nothing_when_the_hub_has_another_checksum_than_is_expected() throws IOException {
        String expected = "0".repeat(64);
        refused(
                () -> download(settings(server.endpoint(), false, true))
                        .pull(WEIGHTS, Optional.of(expected), progress, cancel::get),
                SHA,
                expected + " was expected");
        assertThat(server.methods()).containsExactly("HEAD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | GatedRepo | accepted its licence (401): accept it at {}/org/model, make a token at {}/settings/tokens",
                "403 | GatedRepo | the token of HF_TOKEN was sent and is not enough",
                "401 | RepoNotFound | not there or not public (401): check the name at {}/org/model",
                "403 | '' | may not be read (403): accept the licence at {}/org/model",
                "404 | EntryNotFound | org/model has no file model.safetensors at revision main (404)",
                "404 | RevisionNotFound | org/model has no revision main (404)",
                "404 | RepoNotFound | there is no repository org/model at {} (404)",
                "429 | '' | localhost was asked too often (429)",
                "500 | '' | localhost is in trouble (500)",
                "418 | '' | localhost answered 418"
            })
    void should_say_what_to_do_when_the_hub_refuses(int status, String code, String said) throws IOException {
        server.answer(request -> Reply.of(status, "X-Error-Code", code, "Retry-After", "7"));

        refused(() -> pull(WEIGHTS), said.replace("{}", server.endpoint().toString()));

        boolean passes = status == 429 || status == 500;
        assertThat(server.requests()).hasSize(passes ? Retries.MOST : 1);
        assertThat(waits)
                .extracting(Duration::toSeconds)
                .containsExactlyElementsOf(passes ? List.of(7L, 7L, 7L, 8L, 16L) : List.of());
    }

    @Test
    void should_go_on_when_trouble_passes() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        server.answer(request -> request.path().startsWith("/org/") && asked.incrementAndGet() % 3 != 0
                ? Reply.of(503)
                : lfs(request, Integer.MAX_VALUE));

        assertThat(pull(WEIGHTS).path()).hasBinaryContent(CONTENT);
        assertThat(waits).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x", "a/../../x", "/etc/passwd", "C:/x", "a\\..\\x", "", " ", "a//b", ".", "a\nb", "a/", "x:y"
            })
    void should_ask_nobody_when_a_file_name_could_lead_elsewhere(String name) {
        assertThatThrownBy(() -> pull(new HubFile("org/model", "main", name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no file of a repository");
        assertThatThrownBy(() -> pull(new HubFile("org/model", name, "config.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no revision");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/b/c",
                "../x",
                "a/..",
                "org/na me",
                "org/x--y",
                "org/x.git",
                "/x",
                "x/",
                "https://h/x",
                "-a/b"
            })
    void should_ask_nobody_when_the_name_is_none_of_a_repository(String name) {
        assertThatThrownBy(() -> pull(new HubFile(name, "main", "config.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no name of a repository; write it as ORGANISATION/NAME");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"../../evil, 5", ".hidden, 5", "a/b, 5", "ok, minus", "'', 5"})
    void should_write_nothing_when_the_answers_of_the_hub_are_no_names(String etag, String size) throws IOException {
        server.answer(
                request -> Reply.of(302, "Location", server.elsewhere("/store"), "X-Repo-Commit", HubServer.COMMIT)
                        .with("X-Linked-Etag", "\"" + etag + "\"")
                        .with("X-Linked-Size", size));
        refused(() -> pull(WEIGHTS), "does not say which commit, name and size");

        server.answer(request -> Reply.of(200, "X-Repo-Commit", "../../..", "ETag", "\"e\""));
        refused(() -> pull(WEIGHTS), "does not say which commit, name and size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/org/model/resolve/main/model.safetensors", "file:///etc/passwd", "http://", "::"})
    void should_stop_when_redirects_lead_nowhere(String location) throws IOException {
        server.answer(request -> Reply.of(302, "Location", location));
        refused(() -> pull(WEIGHTS), "localhost sends requests", "check HF_ENDPOINT");
        assertThat(server.requests()).hasSizeLessThan(15);
    }

    @Test
    void should_load_nothing_when_the_disk_has_no_room() throws IOException {
        freeSpace = 299_999;
        assertThatThrownBy(() -> pull(WEIGHTS))
                .isInstanceOf(HubException.class)
                .hasMessageContainingAll("needs 1 MB more", "has 0 MB left", "HF_HUB_CACHE");
        assertThat(server.methods()).containsExactly("HEAD");
    }

    @Test
    void should_name_the_cache_when_it_cannot_be_written() throws IOException {
        Files.writeString(root.resolve("hub"), "a file where the cache should be");
        assertThatThrownBy(() -> pull(WEIGHTS))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith("the cache " + root.resolve("hub") + " cannot be written")
                .hasMessageContaining("HF_HUB_CACHE");
    }

    @Test
    void should_leave_the_network_alone_when_offline() throws IOException {
        HubDownload offline = download(settings(server.endpoint(), true, true));
        refused(
                () -> offline.pull(WEIGHTS, Optional.empty(), progress, cancel::get),
                "model.safetensors of org/model (main) was looked for in " + repository(),
                "HF_HUB_OFFLINE is set",
                "copy its folder models--org--model to " + root.resolve("hub"));
        assertThat(server.requests()).isEmpty();

        pull(WEIGHTS);
        int before = server.requests().size();
        Pulled pulled = offline.pull(WEIGHTS, Optional.empty(), progress, cancel::get);
        assertThat(pulled.how()).isEqualTo(Pulled.How.UNASKED);
        assertThat(pulled.path()).hasBinaryContent(CONTENT);
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void should_say_where_the_file_can_be_put_when_there_is_no_network() throws IOException {
        pull(WEIGHTS);
        server.close();

        Pulled pulled = pull(WEIGHTS);
        assertThat(pulled.how()).isEqualTo(Pulled.How.UNASKED);
        assertThat(pulled.remark()).isEqualTo("localhost cannot be reached");
        assertThatThrownBy(() -> pull(CONFIG))
                .isInstanceOf(HubException.class)
                .hasMessageContainingAll(
                        "sub/config.json of org/model (main) was looked for in",
                        "localhost cannot be reached",
                        "copy its folder models--org--model to");
    }

    @Test
    void should_leave_a_resumable_file_when_cancelled() throws IOException {
        server.answer(request -> request.path().startsWith("/store")
                ? HubServer.file(request, CONTENT, "e").silentAfter(120_000)
                : lfs(request, 0));
        DownloadProgress stopping = (done, size) -> cancel.set(done == 120_000);

        assertThatThrownBy(() -> download(settings(server.endpoint(), false, true))
                        .pull(WEIGHTS, Optional.empty(), stopping, cancel::get))
                .isInstanceOf(CancelledDownloadException.class)
                .hasMessageContaining("the same command goes on from there");
        assertThat(repository().resolve("blobs").resolve(SHA + ".spd.incomplete"))
                .hasSize(120_000);

        cancel.set(false);
        server.answer(request -> lfs(request, Integer.MAX_VALUE));
        assertThat(pull(WEIGHTS).path()).hasBinaryContent(CONTENT);
        assertThat(told).contains("model.safetensors from 120000");
    }

    @Test
    void should_load_anew_where_it_stopped_when_a_server_falls_silent() throws IOException {
        AtomicInteger gets = new AtomicInteger();
        server.answer(request -> {
            Reply reply = lfs(request, Integer.MAX_VALUE);
            return request.path().startsWith("/store") && gets.incrementAndGet() == 1
                    ? reply.silentAfter(70_000)
                    : reply;
        });
        var impatient = new HubDownload(
                settings(server.endpoint(), false, true),
                new DownloadContext.Means(
                        (time, cancelled) -> waits.add(time), folder -> freeSpace, Duration.ofMillis(300)));

        Pulled pulled = impatient.pull(WEIGHTS, Optional.empty(), progress, cancel::get);

        assertThat(pulled.path()).hasBinaryContent(CONTENT);
        assertThat(told).contains("model.safetensors from 70000");
    }

    @Test
    void should_load_once_when_two_ask_at_the_same_time() throws Exception {
        List<Pulled> both = new java.util.concurrent.CopyOnWriteArrayList<>();
        List<Thread> threads = Stream.of(1, 2)
                .map(i -> new Thread(() -> {
                    try {
                        both.add(new HubDownload(settings(server.endpoint(), false, true))
                                .pull(WEIGHTS, Optional.empty(), DownloadProgress.SILENT, () -> false));
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(20_000);
        }

        assertThat(both)
                .hasSize(2)
                .allSatisfy(pulled -> assertThat(pulled.path()).hasBinaryContent(CONTENT));
        assertThat(server.requests())
                .filteredOn(request -> request.path().startsWith("/store"))
                .hasSize(1);
        assertThat(blobs()).containsExactly(SHA);
    }

    @Test
    void should_have_files_in_place_of_links_when_links_are_off() throws IOException {
        Pulled pulled = download(settings(server.endpoint(), false, false))
                .pull(WEIGHTS, Optional.empty(), progress, cancel::get);

        assertThat(pulled.path()).isRegularFile().hasBinaryContent(CONTENT);
        assertThat(Files.isSymbolicLink(pulled.path())).isFalse();
        try (Stream<Path> files = Files.list(pulled.path().getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void should_stand_alone_when_put_into_a_plain_folder() throws IOException {
        byte[] json = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
        server.answer(HubServer.small(json, "abc"));
        Pulled pulled = pull(CONFIG);

        Path there = pulled.putInto(root.resolve("plain"));
        assertThat(there).isEqualTo(root.resolve("plain/sub/config.json")).hasBinaryContent(json);
        Files.writeString(there, "changed");
        assertThat(pulled.path()).hasBinaryContent(json);
        assertThat(pulled.putInto(root.resolve("plain"))).hasBinaryContent(json);
    }

    @Test
    void should_take_an_empty_file_when_it_is_announced_as_one() throws IOException {
        server.answer(HubServer.small(new byte[0], "e"));
        assertThat(pull(CONFIG).path()).isEmptyFile();
    }
}

package org.spdbook.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.spdbook.weights.hub.HubServer.Reply;
import org.spdbook.weights.hub.HubServer.Request;

/** Downloads from a hub that behaves, and over lines that do not. */
class HubDownloadTest extends HubDownloads {

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

    private static boolean isStored(Request request) {
        return request.method().equals("GET") && request.path().startsWith("/store");
    }

    /** Bytes of the file that have been kept so far. */
    private long kept() {
        return repository()
                .resolve("blobs")
                .resolve(SHA + ".spd.incomplete")
                .toFile()
                .length();
    }

    @Test
    void should_go_on_from_the_cut_when_the_connection_breaks() throws IOException {
        AtomicInteger gets = new AtomicInteger();
        server.answer(request -> isStored(request) && gets.incrementAndGet() < 3
                ? lfs(request, 100_000).breakingWhen(() -> kept() > request.from())
                : lfs(request, Integer.MAX_VALUE));

        assertThat(pull(WEIGHTS).path()).hasBinaryContent(CONTENT);

        List<Request> stored = server.requests().stream()
                .filter(request -> request.path().startsWith("/store"))
                .toList();
        assertThat(stored).hasSize(3);
        assertThat(stored.get(0).from()).isZero();
        assertThat(stored.get(1).from()).isBetween(1, 100_000);
        assertThat(stored.get(2).from()).isBetween(stored.get(1).from() + 1, 200_000);
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
        server.answer(request -> isStored(request)
                ? lfs(request, 10_000).breakingWhen(() -> kept() > request.from())
                : lfs(request, Integer.MAX_VALUE));

        assertThatThrownBy(() -> pull(WEIGHTS))
                .isInstanceOf(HubException.class)
                .hasMessageContainingAll("cut 6 times in a row", "give the same command again");
        assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
        int kept = (int) Files.size(repository().resolve("blobs").resolve(SHA + ".spd.incomplete"));
        assertThat(kept).isBetween(6, 60_000);
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

    @Test
    void should_go_on_when_trouble_passes() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        server.answer(request -> request.path().startsWith("/org/") && asked.incrementAndGet() % 3 != 0
                ? Reply.of(503)
                : lfs(request, Integer.MAX_VALUE));

        assertThat(pull(WEIGHTS).path()).hasBinaryContent(CONTENT);
        assertThat(waits).hasSize(4);
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

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

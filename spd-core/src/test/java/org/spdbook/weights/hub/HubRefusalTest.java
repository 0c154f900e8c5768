package org.spdbook.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.weights.Checksum;
import org.spdbook.weights.hub.HubServer.Reply;

/** Downloads that cannot be: one sentence each, and nothing half-written. */
class HubRefusalTest extends HubDownloads {

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
}

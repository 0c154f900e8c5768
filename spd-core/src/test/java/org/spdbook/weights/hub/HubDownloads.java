package org.spdbook.weights.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.weights.Checksum;
import org.spdbook.weights.hub.HubServer.Reply;
import org.spdbook.weights.hub.HubServer.Request;

/** A hub on this machine, a cache in a folder of the test, and no waiting. */
abstract class HubDownloads {

    static final String SECRET = "hf_secret";
    static final byte[] CONTENT = content(300_000);
    static final String SHA = Checksum.of(CONTENT);
    static final HubFile WEIGHTS = new HubFile("org/model", "main", "model.safetensors");
    static final HubFile CONFIG = new HubFile("org/model", "main", "sub/config.json");

    @TempDir
    Path root;

    HubServer server;
    final List<Duration> waits = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final AtomicBoolean cancel = new AtomicBoolean();
    long freeSpace = Long.MAX_VALUE;

    final DownloadProgress progress = new DownloadProgress() {
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

    static byte[] content(int length) {
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
    Reply lfs(Request request, int cut) {
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

    HubSettings settings(URI endpoint, boolean offline, boolean symlinks) {
        return new HubSettings(
                endpoint,
                Optional.of(HubToken.of(SECRET, "HF_TOKEN")),
                root.resolve("token"),
                new HubCache(root.resolve("hub")),
                offline,
                symlinks);
    }

    HubDownload download(HubSettings settings) {
        return new HubDownload(
                settings,
                new DownloadContext.Means(
                        (time, cancelled) -> waits.add(time), folder -> freeSpace, Duration.ofSeconds(5)));
    }

    Pulled pull(HubFile file) throws IOException {
        return download(settings(server.endpoint(), false, true)).pull(file, Optional.empty(), progress, cancel::get);
    }

    Path repository() {
        return root.resolve("hub").resolve("models--org--model");
    }

    List<String> blobs() throws IOException {
        Path folder = repository().resolve("blobs");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

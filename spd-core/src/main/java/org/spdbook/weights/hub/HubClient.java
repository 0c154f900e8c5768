package org.spdbook.weights.hub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.spdbook.weights.hub.HubException.Kind;

/**
 * Asks a hub. Redirects are followed here, not by the client, which would take the token along to the host that a redirect
 * names.
 */
final class HubClient {

    private static final int MOST_REDIRECTS = 10;
    private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(15);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HubSettings settings;
    private final DownloadContext context;
    private final HttpClient client;

    HubClient(HubSettings settings, DownloadContext context) {
        this.settings = settings;
        this.context = context;
        Duration patience = context.patience();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience.compareTo(MOST_TO_CONNECT) < 0 ? patience : MOST_TO_CONNECT)
                .build();
    }

    /**
     * An answer with a file in it.
     *
     * @param from who gave it
     * @param etag what the endpoint calls the file, if it says so
     * @param response not yet read; whoever asked closes its body
     */
    record Answer(URI from, Optional<String> etag, HttpResponse<ByteQueue> response) {}

    /**
     * Asks which commit, name and size a file has. Large files are kept elsewhere: the endpoint tells in the headers of its
     * redirect what a HEAD of the other host would not.
     */
    RemoteFile ask(HubFile file) throws IOException {
        URI at = file.url(settings.endpoint());
        Optional<String> commit = Optional.empty();
        Optional<String> etag = Optional.empty();
        Optional<String> size = Optional.empty();
        for (int hops = 0; ; hops++) {
            HttpResponse<ByteQueue> response = send("HEAD", at, Map.of());
            response.body().close();
            HttpHeaders headers = response.headers();
            commit = commit.or(() -> headers.firstValue("X-Repo-Commit"));
            etag = etag.or(() -> headers.firstValue("X-Linked-Etag"));
            size = size.or(() -> headers.firstValue("X-Linked-Size"));
            boolean whole = commit.isPresent() && etag.isPresent() && size.isPresent();
            if (REDIRECTS.contains(response.statusCode()) && !whole) {
                at = next(file, at, headers, hops);
                continue;
            }
            if (response.statusCode() >= 400) {
                throw new HubRefusal(settings, file, at).of(response.statusCode(), headers);
            }
            return remote(
                    file,
                    commit.orElse(""),
                    etag.or(() -> headers.firstValue("ETag")).orElse(""),
                    size.or(() -> headers.firstValue("Content-Length")).orElse(""));
        }
    }

    /** The commit and the ETag become names of files: what could be another path is refused. */
    private RemoteFile remote(HubFile file, String commit, String quoted, String size) throws HubException {
        String etag = RemoteFile.plainEtag(quoted);
        if (!commit.matches("[0-9a-f]{40}")
                || !etag.matches("[0-9A-Za-z_-][0-9A-Za-z._-]{0,127}")
                || !size.matches("[0-9]{1,15}")) {
            throw new HubException(
                    Kind.WRONG,
                    settings.endpoint() + " does not say which commit, name and size " + file
                            + " has, as a hub does; check HF_ENDPOINT and proxies");
        }
        return new RemoteFile(file.at(commit), etag, Long.parseLong(size));
    }

    /**
     * Asks for a file from a byte on.
     *
     * @param validator the ETag that the file must still have for that, in quotes, if one is known
     */
    Answer get(HubFile file, long from, Optional<String> validator) throws IOException {
        Map<String, String> headers = from == 0
                ? Map.of()
                : validator.isPresent()
                        ? Map.of("Range", "bytes=" + from + "-", "If-Range", validator.get())
                        : Map.of("Range", "bytes=" + from + "-");
        URI at = file.url(settings.endpoint());
        Optional<String> etag = Optional.empty();
        for (int hops = 0; ; hops++) {
            HttpResponse<ByteQueue> response = send("GET", at, headers);
            HttpHeaders told = response.headers();
            etag = etag.or(() -> told.firstValue("X-Linked-Etag"));
            if (!REDIRECTS.contains(response.statusCode())) {
                boolean endpoint = HubToken.sameOrigin(at, settings.endpoint());
                Optional<String> own = endpoint ? told.firstValue("ETag") : Optional.empty();
                return new Answer(at, etag.or(() -> own).map(RemoteFile::plainEtag), response);
            }
            response.body().close();
            at = next(file, at, told, hops);
        }
    }

    /** What to do about an answer that has no file in it. */
    HubException refusal(Answer answer, HubFile file) {
        return new HubRefusal(settings, file, answer.from())
                .of(answer.response().statusCode(), answer.response().headers());
    }

    private URI next(HubFile file, URI at, HttpHeaders headers, int hops) throws HubException {
        Optional<String> location = headers.firstValue("Location");
        try {
            URI target = at.resolve(location.orElseThrow(() -> new IllegalArgumentException("no Location")));
            boolean web = "https".equalsIgnoreCase(target.getScheme())
                    || "http".equalsIgnoreCase(target.getScheme())
                            && at.getScheme().equalsIgnoreCase("http");
            if (web && target.getHost() != null && hops < MOST_REDIRECTS) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw lost(file, at, e);
        }
        throw lost(file, at, null);
    }

    private static HubException lost(HubFile file, URI at, @Nullable Exception cause) {
        var lost = new HubException(
                Kind.WRONG,
                at.getHost() + " sends requests for " + file
                        + " on to where no file can be had; check HF_ENDPOINT and proxies");
        if (cause != null) {
            lost.initCause(cause);
        }
        return lost;
    }

    private HttpResponse<ByteQueue> send(String method, URI at, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", "spd-book")
                .header("Accept-Encoding", "identity"); // its own size is to be told
        headers.forEach(request::header);
        settings.token()
                .filter(token -> token.mayGoTo(at, settings.endpoint()))
                .ifPresent(token -> request.header("Authorization", token.authorization()));
        CompletableFuture<HttpResponse<ByteQueue>> answer = client.sendAsync(request.build(), info -> new ByteQueue());
        long end = System.nanoTime() + context.patience().toNanos();
        try {
            while (!context.cancelled().getAsBoolean()) {
                try {
                    return answer.get(ByteQueue.GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (System.nanoTime() - end > 0) {
                        throw new IOException(
                                at.getHost() + " was silent for "
                                        + context.patience().toSeconds() + " s",
                                e);
                    }
                }
            }
            throw new CancelledDownloadException("the download");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledDownloadException("the download");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true); // without effect on one that is there
        }
    }
}

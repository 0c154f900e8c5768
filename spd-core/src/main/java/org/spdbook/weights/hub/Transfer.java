package org.spdbook.weights.hub;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.spdbook.weights.hub.HubException.Kind;

/** Brings the rest of one file, over as many connections as it takes. */
final class Transfer {

    /** Bytes that make an attempt a success though it was cut: a flaky line shall load large files. */
    private static final long PROGRESS = 1 << 20;

    private final HubClient client;
    private final RemoteFile remote;
    private final PartFile part;
    private final DownloadContext context;

    /** The ETag, in quotes, of the host that sent the bytes there are; a store has its own ones. */
    private Optional<String> validator;

    /** Whether the bytes come from more than one answer. */
    private boolean joined;

    Transfer(HubClient client, RemoteFile remote, PartFile part, DownloadContext context) throws IOException {
        this.client = client;
        this.remote = remote;
        this.part = part;
        this.context = context;
        this.joined = part.length() > 0;
        // Bytes from before: with a checksum the end will show whether they were right.
        this.validator = remote.sha256().isPresent() ? Optional.empty() : Optional.of("\"" + remote.etag() + "\"");
    }

    /**
     * Loads until the file is whole and right.
     *
     * @param sha256 that it must have
     * @throws HubException if it is not what was announced; then the part is removed
     */
    void complete(Optional<String> sha256) throws IOException {
        try {
            load();
            String found = part.sha256();
            if (joined && sha256.isPresent() && !sha256.get().equals(found)) {
                restart(); // pieces that do not belong together
                load();
                found = part.sha256();
            }
            if (sha256.isPresent() && !sha256.get().equals(found)) {
                throw wrong("has SHA-256 " + found + ", " + sha256.get() + " was announced");
            }
        } catch (HubException e) {
            if (e.kind() == Kind.WRONG || e.kind() == Kind.CHANGED) {
                part.remove();
            }
            throw e;
        }
    }

    private void load() throws IOException {
        var retries = new Retries(context);
        retries.run(() -> {
            long before = part.length();
            try {
                return attempt();
            } finally {
                if (part.length() - before >= PROGRESS) {
                    retries.succeeded();
                }
            }
        });
    }

    /** One connection. */
    private boolean attempt() throws IOException {
        if (part.length() > remote.size()) {
            restart();
        }
        if (part.length() == remote.size()) {
            return true;
        }
        HubClient.Answer answer = client.get(remote.file(), part.length(), validator);
        try (ByteQueue body = answer.response().body()) {
            accept(answer);
            context.progress().begin(remote.file().name(), part.length(), remote.size());
            for (List<ByteBuffer> next = body.next(context.patience(), context.cancelled());
                    next != null;
                    next = body.next(context.patience(), context.cancelled())) {
                write(next);
            }
            if (part.length() < remote.size()) {
                if (answer.response().headers().firstValue("Transfer-Encoding").isPresent()) {
                    throw size(part.length());
                }
                throw new IOException("it ended after " + part.length() + " of " + remote.size() + " bytes");
            }
            return true;
        }
    }

    private void write(List<ByteBuffer> buffers) throws IOException {
        for (ByteBuffer bytes : buffers) {
            if (part.length() + bytes.remaining() > remote.size()) {
                throw size(part.length() + bytes.remaining());
            }
            part.write(bytes);
        }
        context.progress().loaded(part.length(), remote.size());
    }

    /** Checks that what follows is the rest of this file, or else begins anew. */
    private void accept(HubClient.Answer answer) throws IOException {
        HttpResponse<ByteQueue> response = answer.response();
        HttpHeaders headers = response.headers();
        switch (response.statusCode()) {
            case 200 -> {
                if (part.length() > 0) {
                    restart(); // the server does not know parts, or has another file by now
                }
            }
            case 206 -> {
                if (!continues(headers)) {
                    restart();
                    throw new IOException("the server sent another part than was asked for");
                }
                joined = true;
            }
            case 416 -> {
                restart();
                throw new IOException("the server has no more than the bytes there were");
            }
            default -> throw client.refusal(answer, remote.file());
        }
        if (answer.etag().isPresent() && !answer.etag().get().equals(remote.etag())) {
            throw new HubException(
                    Kind.CHANGED,
                    remote.file() + " was changed on the hub while it was loaded; give the same command again");
        }
        long rest = headers.firstValueAsLong("Content-Length").orElse(remote.size() - part.length());
        if (part.length() + rest != remote.size()) {
            throw size(part.length() + rest);
        }
        headers.firstValue("ETag")
                .filter(etag -> etag.startsWith("\""))
                .ifPresent(etag -> validator = Optional.of(etag));
    }

    private boolean continues(HttpHeaders headers) throws IOException {
        String range = headers.firstValue("Content-Range").orElse("");
        return range.matches("bytes " + part.length() + "-[0-9]+/(" + remote.size() + "|\\*)");
    }

    private void restart() throws IOException {
        part.restart();
        joined = false;
    }

    private HubException size(long found) {
        return wrong("has " + found + " bytes or more when it is loaded, " + remote.size() + " were announced");
    }

    private HubException wrong(String what) {
        return new HubException(
                Kind.WRONG,
                remote.file() + " " + what
                        + "; what was loaded is removed: give the same command again, and if that does not help check"
                        + " HF_ENDPOINT and proxies");
    }
}

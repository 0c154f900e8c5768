package org.spdbook.weights.hub;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * A hub on this machine that can misbehave. It is {@code localhost} as the endpoint and {@code 127.0.0.1} as another host. One
 * connection per request.
 */
final class HubServer implements AutoCloseable {

    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** headers: names in lower case. */
    record Request(String method, String path, Map<String, String> headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** The byte that is asked for first. */
        int from() {
            return header("range")
                    .map(range -> Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1")))
                    .orElse(0);
        }
    }

    /**
     * An answer.
     *
     * @param cut bytes of the body after which the connection breaks; more than there are for a whole answer
     * @param silent whether it says nothing more instead of breaking
     * @param kept whether the other side has kept enough for the connection to break
     */
    record Reply(int status, Map<String, String> headers, byte[] body, int cut, boolean silent, BooleanSupplier kept) {

        static Reply of(int status, String... headers) {
            Map<String, String> map = new LinkedHashMap<>();
            for (int i = 0; i < headers.length; i += 2) {
                map.put(headers[i], headers[i + 1]);
            }
            return new Reply(status, map, new byte[0], Integer.MAX_VALUE, false, () -> true);
        }

        Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body, cut, silent, kept);
        }

        Reply body(byte[] bytes) {
            return new Reply(status, headers, bytes, cut, silent, kept);
        }

        Reply cutAfter(int bytes) {
            return new Reply(status, headers, body, bytes, silent, kept);
        }

        Reply silentAfter(int bytes) {
            return new Reply(status, headers, body, bytes, true, kept);
        }

        /** Breaks only then: a client may drop what it has not looked at before the connection breaks. */
        Reply breakingWhen(BooleanSupplier enough) {
            return new Reply(status, headers, body, cut, silent, enough);
        }
    }

    /** Answers requests. */
    interface Handler {
        Reply answer(Request request);
    }

    private static final long PATIENCE = 10_000_000_000L;

    private final ServerSocket socket;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile Handler handler;

    HubServer(Handler handler) throws IOException {
        this.handler = handler;
        this.socket = new ServerSocket(0, 50, InetAddress.getAllByName("127.0.0.1")[0]);
        Thread thread = new Thread(this::serve, "hub");
        thread.setDaemon(true);
        thread.start();
    }

    /** A hub with one small file, as one that is kept in git is served. */
    static Handler small(byte[] content, String etag) {
        return request -> file(request, content, etag);
    }

    /** A whole file, or the part that is asked for. */
    static Reply file(Request request, byte[] content, String etag) {
        int from = request.header("if-range").map(("\"" + etag + "\"")::equals).orElse(true) ? request.from() : 0;
        byte[] rest = java.util.Arrays.copyOfRange(content, Math.min(from, content.length), content.length);
        Reply reply = Reply.of(from > 0 ? 206 : 200, "X-Repo-Commit", COMMIT, "ETag", "\"" + etag + "\"")
                .with("Content-Length", Integer.toString(rest.length))
                .body(rest);
        return from > 0
                ? reply.with("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length)
                : reply;
    }

    void answer(Handler next) {
        handler = next;
    }

    URI endpoint() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    /** The same server under the name of another host. */
    String elsewhere(String path) {
        return "http://127.0.0.1:" + socket.getLocalPort() + path;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<String> methods() {
        return requests.stream().map(Request::method).toList();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                Thread thread = new Thread(() -> exchange(connection), "hub connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void exchange(Socket connection) {
        try {
            var in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            if (line == null) {
                connection.close();
                return;
            }
            String[] words = line.split(" ");
            Map<String, String> headers = new TreeMap<>();
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                String[] parts = header.split(":\\s*", 2);
                headers.put(parts[0].toLowerCase(java.util.Locale.ROOT), parts[1]);
            }
            var request = new Request(words[0], words[1], headers);
            requests.add(request);
            Reply reply = handler.answer(request);
            write(connection.getOutputStream(), request, reply);
            long began = System.nanoTime();
            while (!reply.kept.getAsBoolean() && System.nanoTime() - began < PATIENCE) {
                Thread.yield();
            }
            if (!reply.silent) {
                connection.close();
            }
        } catch (IOException e) {
            return; // the other side has gone
        }
    }

    private static void write(OutputStream out, Request request, Reply reply) throws IOException {
        var head = new StringBuilder("HTTP/1.1 " + reply.status + " x\r\nConnection: close\r\n");
        reply.headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        boolean sized = reply.headers.keySet().stream()
                .anyMatch(name -> name.equals("Content-Length") || name.equals("Transfer-Encoding"));
        if (!sized) {
            head.append("Content-Length: ").append(reply.body.length).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!request.method.equals("HEAD")) {
            byte[] body = reply.headers.containsKey("Transfer-Encoding") ? chunked(reply.body) : reply.body;
            out.write(body, 0, Math.min(body.length, reply.cut));
        }
        out.flush();
    }

    private static byte[] chunked(byte[] body) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}

package org.spdbook.kernel.install;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.spdbook.kernel.protocol.BadMessageException;
import org.spdbook.kernel.protocol.Message;
import org.spdbook.kernel.protocol.WireFormat;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A kernel that was started as Jupyter starts it, and spoken to over its sockets. Used by one thread. */
final class KernelProcess implements AutoCloseable {

    private static final int POLL_MILLIS = 100;
    private static final int SAID = 2000;
    private static final String ADDRESS = "127.0.0.1";
    private static final List<String> PORTS =
            List.of("shell_port", "control_port", "iopub_port", "stdin_port", "hb_port");

    private final ZContext sockets = new ZContext();
    private final Path folder;
    private final Process process;
    private final WireFormat format;
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket output;

    /**
     * Starts one; {@link #ask} waits until it answers.
     *
     * @param argv as in a kernelspec, with {@code {connection_file}}
     * @param environment beside the one of this process
     * @throws IOException if it cannot be started
     */
    KernelProcess(List<String> argv, Map<String, String> environment) throws IOException {
        // JeroMQ prints when its own threads lose the race against its end; what matters is told by the sockets
        sockets.setUncaughtExceptionHandler((thread, error) -> {});
        sockets.setNotificationExceptionHandler((thread, error) -> {});
        folder = Files.createTempDirectory("spd-kernel-");
        String key = UUID.randomUUID().toString();
        List<Integer> ports = freePorts(PORTS.size());
        Map<String, Object> connection = new LinkedHashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            connection.put(PORTS.get(i), ports.get(i));
        }
        connection.putAll(Map.of(
                "ip", ADDRESS, "transport", "tcp", "key", key, "signature_scheme", "hmac-sha256", "kernel_name", ""));
        Path file = Files.writeString(folder.resolve("connection.json"), new Gson().toJson(connection));
        try {
            format = new WireFormat(
                    KernelConnectionProperties.parse(Files.readString(file)).createHMACGenerator());
        } catch (GeneralSecurityException e) {
            throw new IOException("this JDK has no HMAC-SHA256, which signs the messages of Jupyter", e);
        }
        ProcessBuilder builder = new ProcessBuilder(argv.stream()
                        .map(word -> word.replace("{connection_file}", file.toString()))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        shell = connect(SocketType.DEALER, ports.get(0));
        control = connect(SocketType.DEALER, ports.get(1));
        output = connect(SocketType.SUB, ports.get(2));
        output.subscribe(new byte[0]);
    }

    @SuppressWarnings("AddressSelection") // a literal: no name is looked up that could have other addresses
    private static List<Integer> freePorts(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        List<ServerSocket> held = new ArrayList<>(); // all at a time, so that they differ
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS));
                held.add(free);
                ports.add(free.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return ports;
    }

    private ZMQ.Socket connect(SocketType type, int port) {
        ZMQ.Socket socket = sockets.createSocket(type);
        socket.setLinger(0);
        socket.setReceiveTimeOut(POLL_MILLIS);
        socket.connect("tcp://" + ADDRESS + ":" + port);
        return socket;
    }

    /**
     * Sends a request on the shell channel and waits for its reply.
     *
     * @param seconds it may take
     * @return content of the reply
     * @throws IOException if the kernel ends or does not answer in time
     */
    JsonObject ask(String type, Map<String, ?> content, int seconds) throws IOException {
        return ask(shell, type, content, seconds);
    }

    private JsonObject ask(ZMQ.Socket socket, String type, Map<String, ?> content, int seconds) throws IOException {
        List<byte[]> frames = format.write(List.of(), type, new JsonObject(), content);
        send(socket, frames);
        String reply = type.replace("_request", "_reply");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            List<byte[]> got = receive(socket);
            try {
                Message message = got.isEmpty() ? null : format.read(got);
                if (message != null && message.type().equals(reply)) {
                    drain();
                    return message.content();
                }
            } catch (BadMessageException e) {
                throw new IOException("the kernel's answer is wrong: " + e.getMessage(), e);
            }
            if (got.isEmpty() && !process.isAlive()) {
                throw new IOException("the kernel ended with exit code " + process.exitValue() + said());
            }
        }
        throw new IOException("the kernel did not answer in " + seconds + " s" + said());
    }

    /** Takes what was published for a front end; it is asked for only so that the kernel does publish it. */
    private void drain() {
        byte[] published;
        do {
            published = output.recv(ZMQ.DONTWAIT);
        } while (published != null);
    }

    private static void send(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    private static List<byte[]> receive(ZMQ.Socket socket) {
        List<byte[]> frames = new ArrayList<>();
        byte[] frame = socket.recv();
        while (frame != null) {
            frames.add(frame);
            frame = socket.hasReceiveMore() ? socket.recv() : null;
        }
        return frames;
    }

    private String said() throws IOException {
        String text = Files.readString(folder.resolve("said.txt"), StandardCharsets.ISO_8859_1)
                .strip();
        return text.isEmpty() ? "" : "; it said: " + text.substring(0, Math.min(SAID, text.length()));
    }

    /**
     * Asks it to end and waits for that.
     *
     * @param seconds it may take
     * @throws IOException if it does not end by itself
     */
    void shutdown(int seconds) throws IOException {
        ask(control, "shutdown_request", Map.of("restart", false), seconds);
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IOException("the kernel did not end in " + seconds + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the kernel ended", e);
        }
    }

    /** Kills it if it still runs. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        sockets.close();
        for (String name : List.of("connection.json", "said.txt")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        try (var left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}

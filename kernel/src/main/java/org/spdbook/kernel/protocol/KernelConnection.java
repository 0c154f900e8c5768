package org.spdbook.kernel.protocol;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The five sockets of a kernel with loops that block instead of polling, and that outlive any bad message. The sockets and the
 * signing are those of jupyter-jvm-basekernel; its loops are replaced, because each of them ends at the first bad message, and of
 * its sockets those that {@link ContextSocket} replaces.
 */
public final class KernelConnection extends JupyterConnection {

    private static final Logger LOG = LoggerFactory.getLogger(KernelConnection.class);

    /** Largest frame of a request, in bytes. A peer that announces a larger one is disconnected. */
    private static final long LARGEST =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4);

    /** Largest frame where only subscriptions or heartbeats come: a greeting of ZMTP with a name of 255 bytes fits. */
    private static final long SMALL = 4096;

    /** Replies that wait for one front-end; beyond them they are dropped. Each answers one request of that front-end. */
    private static final int WAITING_REPLIES = 1_000_000;

    /** As above for heartbeats, which anyone can send. */
    private static final int WAITING_BEATS = 100;

    private static final int LINGER_MILLIS = 100;
    private static final int CLOSING_MILLIS = 2 * LINGER_MILLIS;

    private static final long READ_AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final KernelConnectionProperties properties;
    private final RequestHandler handler;
    private final WireFormat format;
    private final ZMQ.Socket broadcast;
    private final ZMQ.Socket echo;
    private final Publisher publisher;
    private final StandardInput input;
    private final DropLog drops = new DropLog();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Deque<Request> pending = new ArrayDeque<>();

    /**
     * Sockets that are not bound yet.
     *
     * @throws IllegalArgumentException if the connection file has no key
     * @throws GeneralSecurityException if it has a signature scheme that this JDK does not know
     */
    public KernelConnection(KernelConnectionProperties properties, RequestHandler handler)
            throws GeneralSecurityException {
        super(properties);
        if (properties.getKey() == null || properties.getKey().isEmpty()) {
            throw new IllegalArgumentException(
                    "the connection file has no key, so anyone on this machine could run code; start the kernel from Jupyter");
        }
        this.properties = properties;
        this.handler = handler;
        this.format = new WireFormat(properties.createHMACGenerator());
        this.broadcast = ContextSocket.publishing(iopub.getCtx());
        this.echo = ContextSocket.echoing(heartbeat.getCtx());
        this.publisher = new Publisher(broadcast, format);
        this.input = new StandardInput(stdin, format, drops);
    }

    /** Where output goes. */
    public Publisher publisher() {
        return publisher;
    }

    /** Where input comes from. */
    public StandardInput input() {
        return input;
    }

    /** Content of a {@code connect_reply}: the port of each channel. */
    public Map<String, Integer> ports() {
        return Map.of(
                "shell_port", properties.getShellPort(),
                "iopub_port", properties.getIopubPort(),
                "stdin_port", properties.getStdinPort(),
                "hb_port", properties.getHbPort(),
                "control_port", properties.getControlPort());
    }

    /** Binds the sockets and starts the loops. */
    @Override
    public void connect() {
        for (ZMQ.Socket socket : List.of(shell, control, stdin, echo, broadcast)) {
            socket.setMsgAllocator(new FrameAllocator());
            socket.setLinger(LINGER_MILLIS);
            socket.setMaxMsgSize(LARGEST);
            socket.setSndHWM(WAITING_REPLIES);
        }
        echo.setMaxMsgSize(SMALL);
        echo.setSndHWM(WAITING_BEATS);
        broadcast.setMaxMsgSize(SMALL);
        broadcast.setSndHWM(Publisher.SUBSCRIBER_MESSAGES);
        bind("shell", shell, properties.getShellPort());
        bind("control", control, properties.getControlPort());
        bind("stdin", stdin, properties.getStdinPort());
        bind("heartbeat", echo, properties.getHbPort());
        bind("iopub", broadcast, properties.getIopubPort());
        publisher.publish("status", new JsonObject(), Map.of("execution_state", "starting"));
        start("iopub", () -> serve(broadcast, publisher::step));
        start("heartbeat", () -> serve(echo, () -> Frames.send(echo, Frames.receive(echo, 0), 0)));
        start("control", () -> serve(control, () -> handler.control(next(control))));
        start(
                "shell",
                () -> serve(shell, () -> {
                    Request next = pending.poll();
                    handler.shell(next == null ? next(shell) : next);
                }));
    }

    private void bind(String channel, ZMQ.Socket socket, int port) {
        String separator = properties.getTransport().equals("ipc") ? "-" : ":";
        String address = properties.getTransport() + "://" + properties.getIp() + separator + port;
        try {
            if (socket.bind(address)) {
                return;
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the " + channel + " channel cannot listen on " + address + ": " + e.getMessage(), e);
        }
        throw new IllegalStateException("the " + channel + " channel cannot listen on " + address);
    }

    /** Ends the life of the process that waits in {@link #waitUntilClose}. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** Returns when {@link #close} was called and what was said before is sent, or nobody takes it. */
    @Override
    public void waitUntilClose() {
        try {
            closed.await();
            for (int i = 0; i < 20 && !publisher.isEmpty(); i++) {
                Thread.sleep(5);
            }
            closeSockets();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Closes the sockets, each on its own thread, when they have sent what was handed to them. The JVM ends at once then; it would
     * wait 0.3 s for threads that are in a system call.
     */
    private void closeSockets() throws InterruptedException {
        iopub.close();
        heartbeat.close();
        input.close();
        Thread closing = new Thread(() -> broadcast.getCtx().terminate(), "kernel-close");
        closing.setDaemon(true);
        closing.start();
        closing.join(CLOSING_MILLIS); // a cell that runs on keeps the socket of the shell
    }

    /**
     * Reads the requests that wait on the shell channel now, so that it is known when they came; they are handled in their order
     * afterwards. Only on the thread of the shell.
     */
    public void readAhead() {
        long began = System.nanoTime();
        List<byte[]> frames = Frames.receive(shell, ZMQ.DONTWAIT);
        while (!frames.isEmpty()) {
            try {
                pending.add(request(shell, frames));
            } catch (BadMessageException e) {
                drops.dropped(e);
            }
            boolean late = System.nanoTime() - began > READ_AHEAD_NANOS; // nobody can make this go on for ever
            frames = late ? List.of() : Frames.receive(shell, ZMQ.DONTWAIT);
        }
    }

    private Request next(ZMQ.Socket socket) {
        while (true) {
            try {
                return request(socket, Frames.receive(socket, 0));
            } catch (BadMessageException e) {
                drops.dropped(e);
            }
        }
    }

    private Request request(ZMQ.Socket socket, List<byte[]> frames) throws BadMessageException {
        Message message = format.read(frames);
        return new Request(message, Instant.now(), publisher::publish, (type, content) -> {
            Frames.send(socket, format.write(message.identities(), type, message.header(), content), 0);
        });
    }

    /**
     * A request that nobody sent. It is written and read as if it had come; what it publishes and replies is written and goes
     * nowhere. From any thread.
     *
     * @param content a map or a JSON object
     */
    public Request unsent(String type, Map<String, ?> content) {
        try {
            Message message = format.read(format.write(List.of(), type, new JsonObject(), content));
            return new Request(
                    message,
                    Instant.now(),
                    (published, parent, body) -> format.write(List.of(), published, parent, body),
                    (reply, body) -> format.write(message.identities(), reply, message.header(), body));
        } catch (BadMessageException e) {
            throw new IllegalArgumentException("no request: " + e.getMessage(), e);
        }
    }

    private static void start(String name, Runnable loop) {
        Thread thread = new Thread(loop, "kernel-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A step of a channel. */
    private interface Step {
        void run() throws IOException;
    }

    /** Repeats a step of a channel until the sockets are closed, whatever happens in it. */
    private static void serve(ZMQ.Socket socket, Step step) {
        while (true) {
            try {
                step.run();
            } catch (IOException | RuntimeException | Error e) {
                if (e instanceof ZMQException failure && failure.getErrorCode() == ZMQ.Error.ETERM.getCode()) {
                    socket.close();
                    return;
                }
                LOG.error("a channel failed at one message", e);
            }
        }
    }
}

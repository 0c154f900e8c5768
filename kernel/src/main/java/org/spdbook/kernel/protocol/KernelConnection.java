package org.spdbook.kernel.protocol;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * The five sockets of a kernel with loops that block instead of polling, and that outlive any bad message. The sockets and the
 * signing are those of jupyter-jvm-basekernel; its loops are replaced, because each of them ends at the first bad message.
 */
public final class KernelConnection extends JupyterConnection {

    private static final Logger LOG = LoggerFactory.getLogger(KernelConnection.class);
    private static final long LARGEST = 256L << 20;

    private final KernelConnectionProperties properties;
    private final RequestHandler handler;
    private final WireFormat format;
    private final Publisher publisher;
    private final StandardInput input;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Deque<Message> pending = new ArrayDeque<>();

    /**
     * Sockets that are not bound yet.
     *
     * @throws IllegalArgumentException if the connection file has no key, or a signature that this JDK does not know
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
        this.publisher = new Publisher(iopub, format);
        this.input = new StandardInput(stdin, format);
    }

    /** Where output goes. */
    public Publisher publisher() {
        return publisher;
    }

    /** Where input comes from. */
    public StandardInput input() {
        return input;
    }

    /** Binds the sockets and starts the loops. */
    @Override
    public void connect() {
        for (ZMQ.Socket socket : List.of(shell, control, stdin, heartbeat, iopub)) {
            socket.setMaxMsgSize(LARGEST);
            socket.setLinger(100);
        }
        shell.bind(address(properties.getShellPort()));
        control.bind(address(properties.getControlPort()));
        stdin.bind(address(properties.getStdinPort()));
        heartbeat.bind(address(properties.getHbPort()));
        iopub.bind(address(properties.getIopubPort()));
        start("iopub", publisher::sendForever);
        start("heartbeat", () -> {
            while (true) {
                send(heartbeat, receive(heartbeat, 0));
            }
        });
        start("control", () -> {
            while (true) {
                handle(control, readValid(control), handler::control);
            }
        });
        start("shell", () -> {
            while (true) {
                Message next = pending.poll();
                handle(shell, next == null ? readValid(shell) : next, handler::shell);
            }
        });
    }

    private String address(int port) {
        String separator = properties.getTransport().equals("ipc") ? "-" : ":";
        return properties.getTransport() + "://" + properties.getIp() + separator + port;
    }

    /** Ends the life of the process that waits in {@link #waitUntilClose}. */
    @Override
    public void close() {
        closed.countDown();
    }

    @Override
    public void waitUntilClose() {
        try {
            closed.await();
            for (int i = 0; i < 20 && !publisher.isEmpty(); i++) {
                Thread.sleep(5);
            }
            Thread.sleep(50); // the sockets' own threads send what was handed to them
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Requests of this type that are waiting now; they are taken out of the queue, the others keep their order. Only on the
     * thread of the shell.
     */
    public List<Request> takeWaiting(String type) {
        List<Request> taken = new ArrayList<>();
        for (List<byte[]> frames = receive(shell, ZMQ.DONTWAIT);
                !frames.isEmpty();
                frames = receive(shell, ZMQ.DONTWAIT)) {
            try {
                Message message = format.read(frames);
                if (message.type().equals(type)) {
                    taken.add(request(shell, message));
                } else {
                    pending.add(message);
                }
            } catch (BadMessageException e) {
                dropped(e);
            }
        }
        return taken;
    }

    private Message readValid(ZMQ.Socket socket) {
        while (true) {
            try {
                return format.read(receive(socket, 0));
            } catch (BadMessageException e) {
                dropped(e);
            }
        }
    }

    private static void dropped(BadMessageException reason) {
        LOG.warn("dropped a message: {}", reason.getMessage());
    }

    private void handle(ZMQ.Socket socket, Message message, java.util.function.Consumer<Request> consumer) {
        try {
            consumer.accept(request(socket, message));
        } catch (Throwable e) {
            LOG.error("handling {} failed", message.type(), e);
        }
    }

    private Request request(ZMQ.Socket socket, Message message) {
        return new Request(
                message,
                publisher,
                (type, content) -> send(socket, format.write(message.identities(), type, message.header(), content)));
    }

    /** All frames of one message; none when nothing waits and the flags say not to wait. */
    static List<byte[]> receive(ZMQ.Socket socket, int flags) {
        List<byte[]> frames = new ArrayList<>();
        byte[] frame = socket.recv(flags);
        while (frame != null) {
            frames.add(frame);
            frame = socket.hasReceiveMore() ? socket.recv(0) : null;
        }
        return frames;
    }

    static void send(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    private interface Loop {
        void run() throws InterruptedException;
    }

    private static void start(String name, Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "kernel-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}

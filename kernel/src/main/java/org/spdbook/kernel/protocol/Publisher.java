package org.spdbook.kernel.protocol;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * The IOPub channel. Any thread may publish; one thread of its own sends, so that a thread that is interrupted or stopped never
 * holds the socket. Messages leave in the order they were published, and each new subscription is welcomed.
 *
 * <p>Nothing is lost while front-ends read: a cell that prints faster than they do waits. Memory stays bounded all the same: a
 * queue of bytes here, {@link #SUBSCRIBER_MESSAGES} for each subscriber. A subscriber that takes nothing for {@link
 * #PATIENCE_MILLIS} loses messages from there on until it reads again; meanwhile it holds the others up by {@value #SHORT_PATIENCE_MILLIS} ms a message at most.
 */
public final class Publisher {

    /** Messages that wait for one subscriber, beyond what its own side and TCP hold. */
    static final int SUBSCRIBER_MESSAGES = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final long QUEUE_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long SHORT_PATIENCE_MILLIS = 5;
    private static final int WELCOMES_AT_ONCE = 64;

    private final ZMQ.Socket socket;
    private final WireFormat format;
    private final OutgoingQueue queue = new OutgoingQueue(QUEUE_BYTES);
    private final Set<String> newTopics = new LinkedHashSet<>();
    private final Selector selector;
    private long impatientUntil = System.nanoTime();

    /** A publisher on a socket of {@link ContextSocket#publishing}. */
    Publisher(ZMQ.Socket socket, WireFormat format) {
        this.socket = socket;
        this.format = format;
        try {
            selector = Selector.open();
            socket.getFD().register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException("this machine gives no selector for the iopub socket", e);
        }
    }

    /**
     * Publishes to all front-ends. Waits while the queue is full, but never for the state of the kernel, which the control
     * channel publishes.
     *
     * @param type the {@code msg_type}
     * @param parent header of the request it belongs to
     * @param content a map or a JSON object
     */
    public void publish(String type, JsonObject parent, Object content) {
        queue.add(message(type, type, parent, content), !type.equals("status"));
        selector.wakeup();
    }

    private List<byte[]> message(String topic, String type, JsonObject parent, Object content) {
        return format.write(List.of(topic.getBytes(StandardCharsets.UTF_8)), type, parent, content);
    }

    /**
     * Sends the next message, or waits until there may be one; always on one thread, which owns the socket.
     *
     * @throws IOException if the selector fails
     */
    void step() throws IOException {
        readSubscriptions();
        for (String topic : newTopics) {
            send(message(topic, "iopub_welcome", new JsonObject(), Map.of("subscription", topic)));
        }
        newTopics.clear();
        List<byte[]> next = queue.poll();
        if (next != null) {
            send(next);
        } else {
            await(0);
        }
    }

    /** Waits for something to send, or for news from the socket; 0 is for ever. */
    private void await(long millis) throws IOException {
        selector.select(millis);
        selector.selectedKeys().clear();
    }

    /** Takes what the socket has to tell, up to a number, so that a flood of subscriptions cannot hold up what is published. */
    private void readSubscriptions() {
        for (int i = 0; i < WELCOMES_AT_ONCE; i++) {
            List<byte[]> event = Frames.receive(socket, ZMQ.DONTWAIT);
            if (event.isEmpty()) {
                return;
            }
            byte[] told = event.get(0);
            if (told.length > 0 && told[0] == 1) {
                try {
                    newTopics.add(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(told, 1, told.length - 1))
                            .toString());
                } catch (CharacterCodingException e) {
                    // such a topic is not welcomed
                }
            }
        }
        selector.wakeup(); // there may be more
    }

    private void send(List<byte[]> frames) throws IOException {
        boolean impatient = System.nanoTime() - impatientUntil < 0;
        long patience = TimeUnit.MILLISECONDS.toNanos(impatient ? SHORT_PATIENCE_MILLIS : PATIENCE_MILLIS);
        long began = System.nanoTime();
        while (!Frames.send(socket, frames, ZMQ.DONTWAIT)) {
            long left = patience - (System.nanoTime() - began);
            if (left <= 0) {
                sendPast(frames);
                return;
            }
            await(1 + TimeUnit.NANOSECONDS.toMillis(left));
            readSubscriptions();
        }
    }

    /** Sends to all who have room. The socket then passes over those who have none until they read again. */
    private void sendPast(List<byte[]> frames) {
        if (System.nanoTime() - impatientUntil >= 0) {
            LOG.warn("a front-end reads nothing; it loses output from here on");
        }
        impatientUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(6 * PATIENCE_MILLIS);
        socket.setXpubNoDrop(false);
        Frames.send(socket, frames, 0);
        socket.setXpubNoDrop(true);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}

package org.spdbook.kernel.protocol;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.zeromq.ZMQ;

/**
 * The IOPub channel. Any thread may publish; one thread of its own sends, so that a thread that is interrupted or stopped never
 * holds the socket. Messages leave in the order they were published.
 */
public final class Publisher {

    private final ZMQ.Socket socket;
    private final WireFormat format;
    private final BlockingQueue<List<byte[]>> queue = new LinkedBlockingQueue<>();

    Publisher(ZMQ.Socket socket, WireFormat format) {
        this.socket = socket;
        this.format = format;
    }

    /**
     * Publishes to all front-ends.
     *
     * @param type the {@code msg_type}
     * @param parent header of the request it belongs to
     * @param content a map or a JSON object
     */
    public void publish(String type, JsonObject parent, Object content) {
        queue.add(format.write(List.of(type.getBytes(StandardCharsets.UTF_8)), type, parent, content));
    }

    void sendForever() throws InterruptedException {
        while (true) {
            KernelConnection.send(socket, queue.take());
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}

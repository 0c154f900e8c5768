package org.spdbook.kernel.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way out, in order, bounded in bytes: whoever adds to a full queue waits until there is room. Safe for any
 * thread.
 */
final class OutgoingQueue {

    private final long limit;
    private final Deque<List<byte[]>> messages = new ArrayDeque<>();
    private long bytes;

    /**
     * An empty queue.
     *
     * @param limit bytes from which on it is full; one message more than that can be in it
     */
    OutgoingQueue(long limit) {
        this.limit = limit;
    }

    /**
     * Adds a message. A thread that is interrupted does not wait: its message is added and it stays interrupted.
     *
     * @param patient whether to wait while the queue is full
     */
    synchronized void add(List<byte[]> message, boolean patient) {
        try {
            while (patient && bytes >= limit) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        messages.add(message);
        bytes += Frames.size(message);
    }

    /** The oldest message, taken out; null when there is none. */
    synchronized @Nullable List<byte[]> poll() {
        List<byte[]> message = messages.poll();
        if (message != null) {
            bytes -= Frames.size(message);
            notifyAll();
        }
        return message;
    }

    synchronized boolean isEmpty() {
        return messages.isEmpty();
    }
}

package org.spdbook.kernel.protocol;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zeromq.ZMQ;

/** The stdin channel: asks the front-end of a cell for a line. One thread owns the socket; the asking thread only waits. */
public final class StandardInput {

    private static final int LOOK_UP_MILLIS = 50;

    private final ZMQ.Socket socket;
    private final WireFormat format;
    private final ExecutorService owner = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kernel-stdin");
        thread.setDaemon(true);
        return thread;
    });

    StandardInput(ZMQ.Socket socket, WireFormat format) {
        this.socket = socket;
        this.format = format;
    }

    /**
     * One line that the user typed, without its end.
     *
     * @param cell the request that is running
     * @param prompt shown before the line
     * @param password whether what is typed is to be hidden
     * @throws InterruptedException if the cell is interrupted meanwhile
     */
    public String readLine(Request cell, String prompt, boolean password) throws InterruptedException {
        AtomicBoolean given = new AtomicBoolean();
        var answer = CompletableFuture.supplyAsync(() -> ask(cell, prompt, password, given), owner);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IllegalStateException("reading input failed: " + cause.getMessage(), e);
        } finally {
            given.set(true);
        }
    }

    private String ask(Request cell, String prompt, boolean password, AtomicBoolean given) {
        socket.setReceiveTimeOut(LOOK_UP_MILLIS);
        while (!KernelConnection.receive(socket, ZMQ.DONTWAIT).isEmpty()) {
            // an answer to a question that was given up
        }
        var content = Map.of("prompt", prompt, "password", password);
        KernelConnection.send(
                socket, format.write(cell.message().identities(), "input_request", cell.parent(), content));
        while (!given.get()) {
            List<byte[]> frames = KernelConnection.receive(socket, 0);
            if (!frames.isEmpty()) {
                try {
                    return format.read(frames).text("value", "");
                } catch (BadMessageException e) {
                    // dropped like on every channel
                }
            }
        }
        return "";
    }
}

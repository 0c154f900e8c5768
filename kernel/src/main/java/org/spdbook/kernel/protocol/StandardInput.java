package org.spdbook.kernel.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zeromq.ZMQ;

/** The stdin channel: asks the front-end of a cell for a line. One thread owns the socket; the asking thread only waits. */
public final class StandardInput {

    private static final int LOOK_UP_MILLIS = 50;
    private static final int OLD_ANSWERS = 10_000;

    private final ZMQ.Socket socket;
    private final WireFormat format;
    private final DropLog drops;
    private final ExecutorService owner = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kernel-stdin");
        thread.setDaemon(true);
        return thread;
    });

    StandardInput(ZMQ.Socket socket, WireFormat format, DropLog drops) {
        this.socket = socket;
        this.format = format;
        this.drops = drops;
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

    /** Closes the socket when nobody waits for input any more. */
    void close() {
        owner.execute(socket::close);
        owner.shutdown();
    }

    private String ask(Request cell, String prompt, boolean password, AtomicBoolean given) {
        socket.setReceiveTimeOut(LOOK_UP_MILLIS);
        forgetOld();
        var content = Map.of("prompt", prompt, "password", password);
        Frames.send(socket, format.write(cell.message().identities(), "input_request", cell.parent(), content), 0);
        while (!given.get()) {
            List<byte[]> frames = Frames.receive(socket, 0);
            if (!frames.isEmpty()) {
                Optional<String> value = answer(frames, cell);
                if (value.isPresent()) {
                    return value.get();
                }
            }
        }
        return "";
    }

    /** Reads away answers to questions that were given up, or that nobody asked. */
    private void forgetOld() {
        for (int i = 0; i < OLD_ANSWERS; i++) {
            if (Frames.receive(socket, ZMQ.DONTWAIT).isEmpty()) {
                return;
            }
        }
    }

    /** What was typed, if this is an answer, and by the front-end that was asked. */
    private Optional<String> answer(List<byte[]> frames, Request cell) {
        try {
            Message message = format.read(frames);
            boolean asked = Arrays.deepEquals(
                    message.identities().toArray(), cell.message().identities().toArray());
            if (asked && message.type().equals("input_reply")) {
                return Optional.of(message.text("value", ""));
            }
            drops.dropped(new BadMessageException("it is no answer of the front-end that was asked for input"));
        } catch (BadMessageException e) {
            drops.dropped(e);
        } catch (IllegalArgumentException e) {
            drops.dropped(new BadMessageException("an input_reply whose value is no string"));
        }
        return Optional.empty();
    }
}

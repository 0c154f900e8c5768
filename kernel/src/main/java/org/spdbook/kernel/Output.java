package org.spdbook.kernel;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.protocol.OutputBatch;
import org.spdbook.kernel.protocol.Request;

/**
 * Standard output and error of the process, sent to the front-end under the cell that runs, or ran last: what a thread prints
 * after its cell has ended is not lost. Delivered after 50 ms, when much has come together, and at the end of a cell.
 */
final class Output {

    private static final int WITHIN_MILLIS = 50;

    private final OutputBatch standard = new OutputBatch(text -> publish("stdout", text), this::deliverSoon);
    private final OutputBatch error = new OutputBatch(text -> publish("stderr", text), this::deliverSoon);
    private final PrintStream out = new PrintStream(standard, false, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(error, false, StandardCharsets.UTF_8);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kernel-output");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Request cell;

    /** Replaces the streams of the process, for good. */
    void install() {
        System.setOut(out);
        System.setErr(err);
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // it fails only when the connection does, and then nothing can be said
    private void deliverSoon() {
        timer.schedule(this::deliver, WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Standard output of the cell that runs. */
    PrintStream out() {
        return out;
    }

    /** Standard error of the cell that runs. */
    PrintStream err() {
        return err;
    }

    /** From now on output belongs to this cell. */
    void beginCell(Request request) {
        standard.beginCell();
        error.beginCell();
        cell = request;
    }

    /** Sends what was printed so far. */
    void deliver() {
        standard.deliver();
        error.deliver();
    }

    private void publish(String name, String text) {
        Request request = cell;
        if (request != null) {
            request.publish("stream", Map.of("name", name, "text", text));
        }
    }
}

package org.spdbook.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spdbook.kernel.protocol.KernelConnection;
import org.spdbook.kernel.protocol.Request;
import org.spdbook.kernel.protocol.RequestHandler;
import org.spdbook.kernel.protocol.WireFormat;
import org.spdbook.kernel.shell.History;
import org.spdbook.kernel.shell.JavaShell;

/** Answers the requests of Jupyter. The Java session is made in the background, so that the first answer need not wait for it. */
final class JavaKernel implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(JavaKernel.class);
    /** As the build writes it into the jar. */
    private static final String VERSION =
            Objects.requireNonNullElse(JavaKernel.class.getPackage().getImplementationVersion(), "unbuilt");

    private static final int QUIET_MILLIS = 100;
    private static final Map<String, ?> LANGUAGE = Map.of(
            "name", "java",
            "version", Runtime.version().toString(),
            "mimetype", "text/x-java",
            "file_extension", ".java",
            "pygments_lexer", "java",
            "codemirror_mode", "text/x-java",
            "nbconvert_exporter", "script");

    /** What is there once the Java session is. */
    private record Java(JavaShell shell, Execution execution, Editing editing) {}

    private final Output output = new Output();
    private final History history = History.ofUser();
    private final AbortQueue aborts = new AbortQueue(this::readAhead);
    private final CompletableFuture<Java> java;
    private @Nullable KernelConnection connection;
    private final Input input = new Input();
    private volatile boolean waitingForStart;
    private volatile boolean interruptedAtStart;
    private volatile boolean allSent;

    /** Held by whoever works with the Java session: the thread of the shell channel, or the one that prepares it. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile long quietSince = System.nanoTime();

    /** A kernel whose Java session is being made from now on. */
    JavaKernel(KernelOptions options) {
        java = CompletableFuture.supplyAsync(() -> start(options));
    }

    private Java start(KernelOptions options) {
        var session = new JavaSession(options, history, input);
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            output.err().println("Thread " + thread.getName() + " ended with an error.");
            session.shell().failure(error).traceback().forEach(output.err()::println);
        });
        return new Java(
                session.shell(),
                new Execution(session, output, aborts),
                new Editing(session.shell(), session.magics(), session::folder));
    }

    /** Gets the Java session ready for what cells usually need, while nothing else is to do. */
    private void prepare(KernelConnection served) {
        JavaShell shell = java.join().shell();
        Rehearsal rehearsal = new Rehearsal(served, this::answer);
        for (boolean more = true; more; ) {
            try {
                TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            if (!turn.tryLock()) {
                continue;
            }
            try {
                boolean quiet = System.nanoTime() - quietSince > TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
                while (quiet && more && !turn.hasQueuedThreads()) {
                    more = shell.prepare() || rehearsal.step();
                }
            } finally {
                turn.unlock();
            }
        }
    }

    /** Serves a connection until Jupyter asks to shut down. */
    void serve(KernelConnection served) {
        connection = served;
        output.install();
        input.install(served.input());
        served.connect();
        Thread preparing = new Thread(() -> prepare(served), "kernel-prepare");
        preparing.setDaemon(true);
        preparing.start();
        served.waitUntilClose();
        allSent = true;
    }

    /** Called while the process ends: sends what was printed, and tells when it is not Jupyter that ends it. */
    void ending() {
        Ending.caller()
                .ifPresent(caller -> output.err()
                        .println("The kernel ends: " + caller
                                + " called System.exit. Jupyter starts a new one; the variables" + " are lost."));
        output.deliver();
        if (connection != null && !allSent) {
            connection.close();
            connection.waitUntilClose();
        }
    }

    @Override
    public void shell(Request request) {
        turn.lock();
        try {
            answer(request);
        } finally {
            quietSince = System.nanoTime();
            turn.unlock();
        }
    }

    private void answer(Request request) {
        busy(request, () -> {
            if (Refusal.ofSubshell(request)) {
                return;
            }
            switch (request.type()) {
                case "kernel_info_request" -> request.reply(info());
                case "execute_request" -> execute(request);
                case "complete_request" -> request.reply(java.join().editing().complete(request.message()));
                case "inspect_request" -> request.reply(java.join().editing().inspect(request.message()));
                case "is_complete_request" -> java.join().editing().replyCompleteness(request);
                case "history_request" -> request.reply(HistoryReply.to(request.message(), history));
                case "connect_request" -> request.reply(connection == null ? Map.of() : connection.ports());
                case "comm_info_request" -> request.reply(Map.of("comms", Map.of()));
                case "comm_open" ->
                    request.publish(
                            "comm_close", Map.of("comm_id", request.message().text("comm_id", ""), "data", Map.of()));
                case "shutdown_request" -> shutdown(request);
                default -> Refusal.unknown(request);
            }
        });
    }

    @Override
    public void control(Request request) {
        busy(request, () -> {
            switch (request.type()) {
                case "kernel_info_request" -> request.reply(info());
                case "interrupt_request" -> {
                    interrupt();
                    request.reply(Map.of());
                }
                case "shutdown_request" -> shutdown(request);
                default -> Refusal.unknown(request);
            }
        });
    }

    private void interrupt() {
        if (java.isDone()) {
            java.join().execution().interrupt();
        } else {
            interruptedAtStart = waitingForStart;
        }
    }

    /** Whatever happens to a request, it is answered and the kernel is idle afterwards. */
    private void busy(Request request, Runnable work) {
        request.status("busy");
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a {} failed: {}", request.type(), e.getClass().getName());
            request.refuse(e.getClass().getSimpleName(), String.valueOf(e.getMessage()), Map.of());
        } finally {
            request.status("idle");
        }
        if (request.type().equals("shutdown_request") && connection != null) {
            connection.close();
        }
    }

    private static Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("protocol_version", WireFormat.VERSION);
        info.put("implementation", "spd-java");
        info.put("implementation_version", VERSION);
        info.put("language_info", LANGUAGE);
        info.put("banner", "Java " + Runtime.version() + "; %lsmagic lists the commands of the kernel");
        info.put("debugger", false);
        info.put("supported_features", List.of());
        info.put("help_links", List.of());
        return info;
    }

    static Map<String, Object> error(String name, String value, List<String> traceback) {
        return Map.of("ename", name, "evalue", value, "traceback", traceback);
    }

    private void execute(Request request) {
        if (aborts.covers(request)) {
            request.replyWith("aborted", Map.of());
            return;
        }
        output.beginCell(request);
        input.beginCell(request);
        interruptedAtStart = false;
        waitingForStart = true;
        Execution execution = java.join().execution();
        waitingForStart = false;
        execution.run(request, interruptedAtStart);
    }

    private void shutdown(Request request) {
        if (java.isDone()) {
            java.join().execution().interrupt();
        }
        history.close();
        request.reply(Map.of("restart", request.message().flag("restart", false)));
    }

    private void readAhead() {
        if (connection != null) {
            connection.readAhead();
        }
    }
}

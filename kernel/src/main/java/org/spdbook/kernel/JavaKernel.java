package org.spdbook.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.display.Renderers;
import org.spdbook.kernel.magic.Magics;
import org.spdbook.kernel.protocol.KernelConnection;
import org.spdbook.kernel.protocol.Request;
import org.spdbook.kernel.protocol.RequestHandler;
import org.spdbook.kernel.shell.CellException;
import org.spdbook.kernel.shell.JavaShell;

/** Answers the requests of Jupyter. The Java session is made in the background, so that the first answer need not wait for it. */
final class JavaKernel implements RequestHandler {

    private static final Map<String, ?> LANGUAGE = Map.of(
            "name", "java",
            "version", Runtime.version().toString(),
            "mimetype", "text/x-java",
            "file_extension", ".java",
            "pygments_lexer", "java",
            "codemirror_mode", "text/x-java",
            "nbconvert_exporter", "script");

    /** What is there once the Java session is. */
    private record Java(JavaShell shell, CellRunner runner, Editing editing) {}

    private final Output output = new Output();
    private final Renderers renderers = new Renderers();
    private final History history = new History();
    private final CompletableFuture<Java> java = CompletableFuture.supplyAsync(JavaKernel::start);
    private @Nullable KernelConnection connection;
    private @Nullable Input input;
    private int count;

    private static Java start() {
        JavaShell shell = new JavaShell();
        Magics magics = new Magics();
        return new Java(shell, new CellRunner(shell, magics), new Editing(shell, magics));
    }

    /** Serves a connection until Jupyter asks to shut down. */
    void serve(KernelConnection served) {
        connection = served;
        output.install();
        input = new Input(served.input());
        System.setIn(input);
        served.connect();
        served.waitUntilClose();
    }

    @Override
    public void shell(Request request) {
        busy(request, () -> {
            switch (request.type()) {
                case "kernel_info_request" -> request.reply(info());
                case "execute_request" -> execute(request);
                case "complete_request" -> request.reply(java.join().editing().complete(request.message()));
                case "inspect_request" -> request.reply(java.join().editing().inspect(request.message()));
                case "is_complete_request" ->
                    request.replyWith(java.join().editing().completeness(request.message()), Map.of("indent", ""));
                case "history_request" -> request.reply(history.find(request.message()));
                case "comm_info_request" -> request.reply(Map.of("comms", Map.of()));
                case "comm_open" ->
                    request.publish(
                            "comm_close", Map.of("comm_id", request.message().text("comm_id", ""), "data", Map.of()));
                case "comm_msg", "comm_close" -> {}
                case "shutdown_request" -> shutdown(request);
                default -> unknown(request);
            }
        });
    }

    @Override
    public void control(Request request) {
        busy(request, () -> {
            switch (request.type()) {
                case "kernel_info_request" -> request.reply(info());
                case "interrupt_request" -> {
                    if (java.isDone()) {
                        java.join().runner().interrupt();
                    }
                    request.reply(Map.of());
                }
                case "shutdown_request" -> shutdown(request);
                default -> unknown(request);
            }
        });
    }

    private static void busy(Request request, Runnable work) {
        request.status("busy");
        try {
            work.run();
        } catch (RuntimeException e) {
            request.replyWith("error", error(e.getClass().getSimpleName(), String.valueOf(e.getMessage()), List.of()));
        } finally {
            request.status("idle");
        }
    }

    private static Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("protocol_version", "5.3");
        info.put("implementation", "spd-java");
        info.put("implementation_version", "0.1.0");
        info.put("language_info", LANGUAGE);
        info.put("banner", "Java " + Runtime.version() + " with %spd; %lsmagic lists what else there is");
        info.put("debugger", false);
        info.put("help_links", List.of());
        return info;
    }

    private static void unknown(Request request) {
        if (request.type().endsWith("_request")) {
            request.replyWith(
                    "error",
                    error("NotSupported", "this kernel does not know the request " + request.type(), List.of()));
        }
    }

    private static Map<String, Object> error(String name, String value, List<String> traceback) {
        return Map.of("ename", name, "evalue", value, "traceback", traceback);
    }

    private void shutdown(Request request) {
        if (java.isDone()) {
            java.join().runner().interrupt();
        }
        request.reply(Map.of("restart", request.message().flag("restart", false)));
        request.status("idle");
        if (connection != null) {
            connection.close();
        }
    }

    private void execute(Request request) {
        String code = request.message().text("code", "");
        boolean silent = request.message().flag("silent", false);
        boolean stored = request.message().flag("store_history", !silent) && !silent;
        if (stored && !code.isBlank()) {
            count++;
            history.add(count, code);
        }
        output.beginCell(request);
        if (input != null) {
            input.beginCell(request);
        }
        if (!silent) {
            request.publish("execute_input", Map.of("code", code, "execution_count", count));
        }
        Java session = java.join();
        var cell = new CellSession(request, session.shell(), renderers, output);
        try {
            Object value = session.runner().run(code, count, cell);
            DisplayBundle bundle = value == null ? null : renderers.bundle(value);
            output.deliver();
            if (bundle != null && !silent) {
                request.publish(
                        "execute_result",
                        Map.of("execution_count", count, "data", bundle.data(), "metadata", bundle.metadata()));
            }
            request.reply(Map.of(
                    "execution_count", count,
                    "payload", List.of(),
                    "user_expressions", expressions(request, session, cell)));
        } catch (CellException e) {
            output.deliver();
            failed(request, silent, error(e.name(), String.valueOf(e.getMessage()), e.traceback()));
        }
    }

    private void failed(Request request, boolean silent, Map<String, Object> error) {
        if (!silent) {
            request.publish("error", error);
        }
        List<Request> waiting = request.message().flag("stop_on_error", true) && connection != null
                ? connection.takeWaiting("execute_request")
                : List.of();
        Map<String, Object> reply = new LinkedHashMap<>(error);
        reply.put("execution_count", count);
        reply.put("user_expressions", Map.of());
        reply.put("payload", List.of());
        request.replyWith("error", reply);
        for (Request next : waiting) {
            busy(next, () -> next.replyWith("aborted", Map.of("execution_count", count)));
        }
    }

    private Map<String, Object> expressions(Request request, Java session, CellSession cell) {
        Map<String, Object> results = new LinkedHashMap<>();
        JsonElement asked = request.message().content().get("user_expressions");
        if (asked instanceof JsonObject object) {
            object.asMap()
                    .forEach((name, source) -> results.put(name, expression(source.getAsString(), session, cell)));
        }
        return results;
    }

    private Map<String, Object> expression(String source, Java session, CellSession cell) {
        try {
            Object value = session.runner().run(source, count, cell);
            DisplayBundle bundle = renderers.bundle(value == null ? "null" : value);
            return Map.of("status", "ok", "data", bundle.data(), "metadata", bundle.metadata());
        } catch (CellException e) {
            Map<String, Object> error =
                    new LinkedHashMap<>(error(e.name(), String.valueOf(e.getMessage()), e.traceback()));
            error.put("status", "error");
            return error;
        }
    }
}

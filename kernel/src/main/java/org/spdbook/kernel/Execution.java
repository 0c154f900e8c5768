package org.spdbook.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.kernel.display.DisplayBundle;
import org.spdbook.kernel.protocol.Request;
import org.spdbook.kernel.shell.CellException;

/** Answers execute requests: runs the cell, publishes its value or its error, and replies. */
final class Execution {

    private final JavaSession java;
    private final Output output;
    private final CellRunner runner;
    private final AbortQueue aborts;
    private int count;

    Execution(JavaSession java, Output output, AbortQueue aborts) {
        this.java = java;
        this.aborts = aborts;
        this.output = output;
        this.runner = new CellRunner(java.shell());
    }

    /** Asks the running cell to end; from any thread. */
    void interrupt() {
        runner.interrupt();
    }

    /**
     * Runs one request to its end and answers it, on the thread of the shell channel.
     *
     * @param interrupted whether an interrupt came before the cell could begin
     */
    void run(Request request, boolean interrupted) {
        String code = request.message().text("code", "");
        boolean silent = request.message().flag("silent", false);
        boolean stored = request.message().flag("store_history", !silent) && !silent;
        if (stored && !code.isBlank()) {
            count++;
            java.history().add(count, code);
        }
        if (!silent) {
            request.publish("execute_input", Map.of("code", code, "execution_count", count));
        }
        var cell = new CellSession(request, java, output, count);
        if (interrupted) {
            cell.cancel();
        }
        try {
            DisplayBundle bundle = runner.run(code, cell);
            output.deliver();
            if (bundle != null && !silent) {
                request.publish(
                        "execute_result",
                        Map.of("execution_count", count, "data", bundle.data(), "metadata", bundle.metadata()));
            }
            request.reply(Map.of(
                    "execution_count",
                    count,
                    "payload",
                    List.of(),
                    "user_expressions",
                    expressions(request.message().content().get("user_expressions"), cell)));
        } catch (CellException e) {
            output.deliver();
            failed(request, silent, e);
        }
    }

    private void failed(Request request, boolean silent, CellException e) {
        Map<String, Object> error = JavaKernel.error(e.name(), String.valueOf(e.getMessage()), e.traceback());
        if (!silent) {
            request.publish("error", error);
        }
        Map<String, Object> reply = new LinkedHashMap<>(error);
        reply.put("execution_count", count);
        reply.put("user_expressions", Map.of());
        reply.put("payload", List.of());
        aborts.begin(request);
        request.replyWith("error", reply);
    }

    private Map<String, Object> expressions(@Nullable JsonElement asked, CellSession cell) {
        Map<String, Object> results = new LinkedHashMap<>();
        if (asked instanceof JsonObject object) {
            object.asMap().forEach((name, source) -> results.put(name, expression(name, source, cell)));
        }
        return results;
    }

    private Map<String, Object> expression(String name, JsonElement source, CellSession cell) {
        if (!(source instanceof JsonPrimitive text) || !text.isString()) {
            String sentence = "the user expression " + name + " must be a string";
            return failure(JavaKernel.error("IllegalArgumentException", sentence, List.of()));
        }
        try {
            DisplayBundle value = runner.run(text.getAsString(), cell);
            DisplayBundle bundle = value == null ? DisplayBundle.text("null") : value;
            return Map.of("status", "ok", "data", bundle.data(), "metadata", bundle.metadata());
        } catch (CellException e) {
            return failure(JavaKernel.error(e.name(), String.valueOf(e.getMessage()), e.traceback()));
        }
    }

    private static Map<String, Object> failure(Map<String, Object> error) {
        Map<String, Object> result = new LinkedHashMap<>(error);
        result.put("status", "error");
        return result;
    }
}

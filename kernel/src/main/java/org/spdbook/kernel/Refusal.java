package org.spdbook.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.spdbook.kernel.protocol.Request;

/** Polite answers to requests for what this kernel does not do, so that no front-end waits for an answer that never comes. */
final class Refusal {

    private static final Set<String> SHELL = Set.of(
            "execute_request",
            "complete_request",
            "inspect_request",
            "is_complete_request",
            "history_request",
            "comm_info_request",
            "connect_request");
    private static final Set<String> CONTROL = Set.of("interrupt_request");
    private static final Set<String> SUBSHELLS =
            Set.of("create_subshell_request", "delete_subshell_request", "list_subshell_request");

    private Refusal() {}

    /** Refuses a request that the channel it came by has no answer to; other messages have none by design. */
    static void unknown(Request request) {
        String type = request.type();
        if (SUBSHELLS.contains(type)) {
            noSubshells(request);
        } else if (type.equals("debug_request")) {
            debug(request);
        } else if (SHELL.contains(type)) {
            request.refuse("WrongChannel", "a " + type + " belongs on the shell channel", Map.of());
        } else if (CONTROL.contains(type)) {
            request.refuse("WrongChannel", "an " + type + " belongs on the control channel", Map.of());
        } else {
            request.refuse("NotSupported", "this kernel does not know the request " + type, Map.of());
        }
    }

    /** Whether a request was refused because it is meant for a subshell. */
    static boolean ofSubshell(Request request) {
        var id = request.parent().get("subshell_id");
        boolean meant = id != null && !id.isJsonNull();
        if (meant) {
            noSubshells(request);
        }
        return meant;
    }

    private static void noSubshells(Request request) {
        request.refuse("NotSupported", "this kernel has no subshells; send requests without a subshell_id", Map.of());
    }

    /** The reply is a response of the Debug Adapter Protocol, besides being an error. */
    private static void debug(Request request) {
        String sentence = "this kernel has no debugger";
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("type", "response");
        response.put("success", false);
        response.put("message", sentence);
        response.put("command", request.message().text("command", ""));
        response.put("request_seq", request.message().number("seq", 0));
        request.refuse("NotSupported", sentence, response);
    }
}

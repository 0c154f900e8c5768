package org.spdbook.kernel.protocol;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One request with the way back. Publishing is possible from any thread and also after the reply; a reply only on the thread that
 * handles it.
 */
public final class Request {

    /** Where a request publishes; see {@link Publisher#publish}. */
    interface Outlet {
        void publish(String type, JsonObject parent, Object content);
    }

    private final Message message;
    private final Instant arrival;
    private final Outlet publications;
    private final BiConsumer<String, Object> replies;
    private boolean answered;

    Request(Message message, Instant arrival, Outlet publications, BiConsumer<String, Object> replies) {
        this.message = message;
        this.arrival = arrival;
        this.publications = publications;
        this.replies = replies;
    }

    /** What was asked. */
    public Message message() {
        return message;
    }

    /** The {@code msg_type}. */
    public String type() {
        return message.type();
    }

    /** Whether a reply is expected: all types that end in {@code _request}. */
    public boolean expectsReply() {
        return type().endsWith("_request");
    }

    /** When it was read from the socket. */
    public Instant arrival() {
        return arrival;
    }

    /** Answers with {@code status: ok}. */
    public void reply(Map<String, ?> content) {
        replyWith("ok", content);
    }

    /** Answers with another status, {@code error} or {@code aborted}. Only the first answer to a request is sent. */
    public void replyWith(String status, Map<String, ?> content) {
        if (answered || !expectsReply()) {
            return;
        }
        answered = true;
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("status", status);
        all.putAll(content);
        replies.accept(type().replaceAll("_request$", "_reply"), all);
    }

    /**
     * Answers with an error.
     *
     * @param name its kind, in one word
     * @param sentence what is wrong
     * @param more further fields of the answer
     */
    public void refuse(String name, String sentence, Map<String, ?> more) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("ename", name);
        content.put("evalue", sentence);
        content.put("traceback", List.of());
        content.putAll(more);
        replyWith("error", content);
    }

    /** Publishes on IOPub in the name of this request. */
    public void publish(String type, Object content) {
        publications.publish(type, parent(), content);
    }

    /** Publishes the state of the kernel: busy or idle. */
    public void status(String state) {
        publish("status", Map.of("execution_state", state));
    }

    /** The header that answers carry as their parent. */
    public JsonObject parent() {
        return message.header();
    }
}

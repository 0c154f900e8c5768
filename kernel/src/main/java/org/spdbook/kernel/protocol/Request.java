package org.spdbook.kernel.protocol;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** One request with the way back. Publishing is possible from any thread and also after the reply; a reply only on the thread that handles it. */
public final class Request {

    private final Message message;
    private final Publisher publisher;
    private final BiConsumer<String, Object> replies;

    Request(Message message, Publisher publisher, BiConsumer<String, Object> replies) {
        this.message = message;
        this.publisher = publisher;
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

    /** Answers with {@code status: ok}. */
    public void reply(Map<String, ?> content) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("status", "ok");
        all.putAll(content);
        replies.accept(replyType(), all);
    }

    /** Answers with another status: {@code error} or {@code aborted}. */
    public void replyWith(String status, Map<String, ?> content) {
        Map<String, Object> all = new LinkedHashMap<>(content);
        all.put("status", status);
        replies.accept(replyType(), all);
    }

    private String replyType() {
        return type().replaceAll("_request$", "_reply");
    }

    /** Publishes on IOPub in the name of this request. */
    public void publish(String type, Object content) {
        publisher.publish(type, parent(), content);
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

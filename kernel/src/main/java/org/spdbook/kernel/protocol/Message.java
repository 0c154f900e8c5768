package org.spdbook.kernel.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * One message of the Jupyter protocol (jupyter-client.readthedocs.io, "Messaging in Jupyter").
 *
 * @param identities routing frames of the socket it came by, empty for what is published
 * @param header with {@code msg_id}, {@code msg_type}, {@code session}
 * @param parent header of the request it answers, an empty object for none
 * @param metadata usually empty
 * @param content by type
 */
public record Message(
        List<byte[]> identities, JsonObject header, JsonObject parent, JsonObject metadata, JsonObject content) {

    /** The {@code msg_type}. */
    public String type() {
        return header.get("msg_type").getAsString();
    }

    /** A string of the content, or a default when it is missing or no string. */
    public String text(String key, String otherwise) {
        JsonElement value = content.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : otherwise;
    }

    /** A boolean of the content, or a default when it is missing. */
    public boolean flag(String key, boolean otherwise) {
        JsonElement value = content.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsBoolean() : otherwise;
    }

    /** An integer of the content, or a default when it is missing. */
    public int number(String key, int otherwise) {
        JsonElement value = content.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsInt() : otherwise;
    }
}

package org.spdbook.kernel.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One message of the Jupyter protocol (jupyter-client.readthedocs.io, "Messaging in Jupyter"). A field of the content that is null
 * counts as missing.
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

    /**
     * A string of the content, or a default when it is missing.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public String text(String key, String otherwise) {
        JsonPrimitive value = field(key, "string", JsonPrimitive::isString);
        return value == null ? otherwise : value.getAsString();
    }

    /**
     * A boolean of the content, or a default when it is missing.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public boolean flag(String key, boolean otherwise) {
        JsonPrimitive value = field(key, "boolean", JsonPrimitive::isBoolean);
        return value == null ? otherwise : value.getAsBoolean();
    }

    /**
     * A whole number of the content, or a default when it is missing. What is beyond the range of an int is its nearest int.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public int number(String key, int otherwise) {
        JsonPrimitive value = field(key, "number", JsonPrimitive::isNumber);
        return value == null
                ? otherwise
                : (int) value.getAsDouble(); // not by BigDecimal: 1e999999999 has a billion digits
    }

    private @Nullable JsonPrimitive field(String key, String kind, Predicate<JsonPrimitive> is) {
        JsonElement value = content.get(key);
        if (value == null || value.isJsonNull()) {
            return null;
        }
        if (value instanceof JsonPrimitive primitive && is.test(primitive)) {
            return primitive;
        }
        throw new IllegalArgumentException(
                "the field " + key + " of a message " + type() + " must be a " + kind + ", found " + kindOf(value));
    }

    private static String kindOf(JsonElement value) {
        if (value instanceof JsonPrimitive primitive) {
            return primitive.isString() ? "a string" : primitive.isBoolean() ? "a boolean" : "a number";
        }
        return value.isJsonArray() ? "an array" : "an object";
    }
}

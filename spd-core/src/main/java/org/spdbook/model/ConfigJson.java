package org.spdbook.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sizes in a {@code config.json} of the Hugging Face hub. A key that is absent or null has the default given.
 *
 * @param json as read
 */
record ConfigJson(JsonObject json) {

    /** A part; empty where it is absent. */
    ConfigJson object(String key) {
        JsonElement value = value(key);
        if (value != null && !value.isJsonObject()) {
            throw wrong(key, "an object", value);
        }
        return new ConfigJson(value == null ? new JsonObject() : value.getAsJsonObject());
    }

    int integer(String key, int otherwise) {
        JsonElement value = value(key);
        return value == null ? otherwise : integer(key, value);
    }

    private static int integer(String key, JsonElement value) {
        double number = value instanceof JsonPrimitive one && one.isNumber() ? one.getAsDouble() : Double.NaN;
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) { // NaN too
            throw wrong(key, "a whole number", value);
        }
        return (int) number;
    }

    double number(String key, double otherwise) {
        JsonElement value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonPrimitive one && one.isNumber())) {
            throw wrong(key, "a number", value);
        }
        return value.getAsDouble();
    }

    String text(String key, String otherwise) {
        JsonElement value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonPrimitive one && one.isString())) {
            throw wrong(key, "a text", value);
        }
        return value.getAsString();
    }

    List<Integer> integers(String key, List<Integer> otherwise) {
        JsonElement value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isJsonArray()) {
            throw wrong(key, "a list of whole numbers", value);
        }
        List<Integer> numbers = new ArrayList<>();
        value.getAsJsonArray().forEach(one -> numbers.add(integer(key, one)));
        return numbers;
    }

    boolean flag(String key, boolean otherwise) {
        JsonElement value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonPrimitive one && one.isBoolean())) {
            throw wrong(key, "true or false", value);
        }
        return value.getAsBoolean();
    }

    /** One number or several; none where it is absent. */
    List<Integer> integerOrList(String key) {
        JsonElement value = value(key);
        if (value == null) {
            return List.of();
        }
        return value.isJsonArray() ? integers(key, List.of()) : List.of(integer(key, value));
    }

    /** Whether it is there and not null. */
    boolean has(String key) {
        return value(key) != null;
    }

    /** Refuses a switch in another position than the one that is built here, which is also the default. */
    void require(String key, boolean built) {
        JsonElement value = value(key);
        if (value != null && !value.equals(new JsonPrimitive(built))) {
            throw wrong(key, built + ", the only kind that is built here,", value);
        }
    }

    private @Nullable JsonElement value(String key) {
        JsonElement value = json.get(key);
        return value == null || value.isJsonNull() ? null : value;
    }

    private static IllegalArgumentException wrong(String key, String wanted, JsonElement found) {
        return new IllegalArgumentException(
                "the configuration needs " + wanted + " in " + key + ", found " + found + "; correct it");
    }
}

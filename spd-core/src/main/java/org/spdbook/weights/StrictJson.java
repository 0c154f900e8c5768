package org.spdbook.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A JSON object read to the letter of RFC 8259: valid UTF-8, no key twice, no lone surrogates, nothing behind it. */
final class StrictJson {

    private StrictJson() {}

    /**
     * Parses the bytes between position and limit.
     *
     * @throws IOException with a clause that says what is wrong
     */
    static JsonObject parse(ByteBuffer utf8) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not valid UTF-8", e);
        }
        if (!text.startsWith("{")) {
            throw new IOException("it does not begin with {");
        }
        try (var reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonObject object = object(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("something follows its closing brace");
            }
            return object;
        } catch (MalformedJsonException | EOFException | IllegalStateException e) {
            throw new IOException("it is not valid JSON (" + firstLine(e) + ")", e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static JsonObject object(JsonReader reader) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String key = text(reader.nextName());
            if (object.has(key)) {
                throw new IOException("key " + key + " comes twice in it");
            }
            object.add(key, value(reader));
        }
        reader.endObject();
        return object;
    }

    private static JsonElement value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> new JsonPrimitive(text(reader.nextString()));
            case NUMBER -> new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(reader));
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> throw new IOException("it ends too early");
        };
    }

    private static JsonArray array(JsonReader reader) throws IOException {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(value(reader));
        }
        reader.endArray();
        return array;
    }

    /** Escapes can smuggle half a character past the UTF-8 check. */
    private static String text(String value) throws IOException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IOException("it holds half of a surrogate pair");
        }
        return value;
    }
}

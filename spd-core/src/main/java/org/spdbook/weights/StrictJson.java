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
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON object read to the letter of RFC 8259: valid UTF-8, no key twice, no lone surrogates, nothing behind it. Read as a
 * stream and bounded in the number and length of its values, so that a hostile header cannot use up the memory.
 */
public final class StrictJson {

    /** A hundred thousand tensors with all their numbers. */
    static final int MAX_VALUES = 1_000_000;

    /** Bytes of one key or text, which is held in memory. */
    static final int MAX_TEXT = 1 << 24;

    private static final Pattern PLACE = Pattern.compile("line [0-9]+ column [0-9]+");

    private final JsonReader reader;
    private int values;

    private StrictJson(JsonReader reader) {
        this.reader = reader;
    }

    /**
     * Parses the bytes between position and limit.
     *
     * @throws IOException with a clause that says what is wrong
     */
    public static JsonObject parse(ByteBuffer utf8) throws IOException {
        if (!utf8.hasRemaining() || utf8.get(utf8.position()) != '{') {
            throw new IOException("it does not begin with {");
        }
        // A fresh decoder reports malformed input; that of a Reader made from a charset would replace it.
        try (var reader = new JsonReader(new InputStreamReader(new Bytes(utf8), StandardCharsets.UTF_8.newDecoder()))) {
            reader.setStrictness(Strictness.STRICT);
            JsonObject object = new StrictJson(reader).object();
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("something follows its closing brace");
            }
            return object;
        } catch (CharacterCodingException e) {
            throw new IOException("it is not valid UTF-8", e);
        } catch (MalformedJsonException | EOFException | IllegalStateException e) {
            throw new IOException("it is not valid JSON" + place(e), e);
        }
    }

    /** Where, out of a message that otherwise speaks to users of the parser. */
    private static String place(Exception e) {
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        return place.find() ? " at " + place.group() : "";
    }

    private JsonObject object() throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String key = text(reader.nextName());
            if (object.has(key)) {
                throw new IOException("key " + key + " comes twice in it");
            }
            object.add(key, value());
        }
        reader.endObject();
        return object;
    }

    private JsonElement value() throws IOException {
        if (++values > MAX_VALUES) {
            throw new IOException("it holds more than " + MAX_VALUES + " values");
        }
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> array();
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

    private JsonArray array() throws IOException {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(value());
        }
        reader.endArray();
        return array;
    }

    /** Escapes can smuggle half a character past the UTF-8 check. */
    private static String text(String value) throws IOException {
        for (int i = 0; i < value.length(); i++) {
            boolean pair = i + 1 < value.length() && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(value.charAt(i))) {
                throw new IOException("it holds half of a surrogate pair");
            }
        }
        return value;
    }

    /** A buffer as a stream that ends in an error where a text gets too long; it moves the buffer's position. */
    private static final class Bytes extends InputStream {
        private final ByteBuffer buffer;
        private boolean inText;
        private boolean escaped;
        private int length;

        Bytes(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int read() throws IOException {
            if (!buffer.hasRemaining()) {
                return -1;
            }
            byte next = buffer.get();
            count(next);
            return next & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int read = Math.min(count, buffer.remaining());
            if (read == 0) {
                return count == 0 ? 0 : -1;
            }
            buffer.get(target, offset, read);
            for (int i = offset; i < offset + read; i++) {
                count(target[i]);
            }
            return read;
        }

        private void count(byte next) throws IOException {
            if (next == '"' && !escaped) {
                inText = !inText;
                length = 0;
            } else if (inText && ++length > MAX_TEXT) {
                throw new IOException("it holds a text of more than " + MAX_TEXT + " bytes");
            }
            escaped = inText && next == '\\' && !escaped;
        }
    }
}

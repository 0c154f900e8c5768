package org.spdbook.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checked header of a safetensors file. Every rule of the format is held here. */
final class SafetensorsHeader {

    static final long MAX_LENGTH = 100_000_000;
    private static final String METADATA = "__metadata__";

    private final Path file;
    private final long dataLength;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<TensorInfo> tensors = new ArrayList<>();

    /**
     * Parses and checks.
     *
     * @param json the header's bytes
     * @param dataLength bytes after the header
     */
    SafetensorsHeader(Path file, ByteBuffer json, long dataLength) throws SafetensorsException {
        this.file = file;
        this.dataLength = dataLength;
        read(decode(json));
        tensors.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        checkCoverage();
    }

    /** Tensors by their place in the file. */
    List<TensorInfo> tensors() {
        return tensors;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private String decode(ByteBuffer json) throws SafetensorsException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(json).toString();
        } catch (CharacterCodingException e) {
            throw broken("its header is not valid UTF-8");
        }
        if (!text.startsWith("{")) {
            throw broken("its header does not begin with {");
        }
        return text;
    }

    private void read(String text) throws SafetensorsException {
        try (var reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonObject header = object(reader, "header");
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw broken("something follows the header's closing brace");
            }
            for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
                if (entry.getKey().equals(METADATA)) {
                    readMetadata(entry.getValue());
                } else {
                    tensors.add(tensor(entry.getKey(), entry.getValue()));
                }
            }
        } catch (SafetensorsException e) {
            throw e;
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
            throw broken("its header is not valid JSON (" + e.getMessage() + ")");
        }
    }

    /** Reads an object and refuses a key that comes twice, which tree parsers let pass. */
    private JsonObject object(JsonReader reader, String where) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            if (object.has(key)) {
                throw broken("key " + key + " comes twice in the " + where);
            }
            object.add(key, value(reader, key));
        }
        reader.endObject();
        return object;
    }

    private @Nullable JsonElement value(JsonReader reader, String where) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT:
                return object(reader, "entry " + where);
            case BEGIN_ARRAY:
                JsonArray array = new JsonArray();
                reader.beginArray();
                while (reader.hasNext()) {
                    array.add(value(reader, where));
                }
                reader.endArray();
                return array;
            case STRING:
                return new JsonPrimitive(reader.nextString());
            case NUMBER:
                return new JsonPrimitive(wholeNumber(reader.nextString(), where));
            default:
                throw broken("entry " + where + " holds a " + reader.peek() + ", which the format does not know");
        }
    }

    private long wholeNumber(String digits, String where) throws SafetensorsException {
        if (!digits.matches("0|[1-9][0-9]{0,18}")) {
            throw broken("entry " + where + " holds the number " + digits + ", which is not a whole number >= 0");
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw broken("entry " + where + " holds the number " + digits + ", which is too large");
        }
    }

    private void readMetadata(JsonElement element) throws SafetensorsException {
        if (!(element instanceof JsonObject object)) {
            throw broken(METADATA + " is not an object");
        }
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            if (!(entry.getValue() instanceof JsonPrimitive value) || !value.isString()) {
                throw broken(METADATA + " entry " + entry.getKey() + " is not a string");
            }
            metadata.put(entry.getKey(), value.getAsString());
        }
    }

    private TensorInfo tensor(String name, JsonElement element) throws SafetensorsException {
        if (!(element instanceof JsonObject object)
                || !object.keySet().equals(java.util.Set.of("dtype", "shape", "data_offsets"))) {
            throw broken("tensor " + name + " does not have exactly dtype, shape and data_offsets");
        }
        DType dtype = dtype(name, object.get("dtype"));
        long[] shape = longs(name, "shape", object.get("shape"));
        long[] offsets = longs(name, "data_offsets", object.get("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataLength) {
            throw broken("tensor " + name + " has data_offsets " + java.util.Arrays.toString(offsets)
                    + ", not two growing numbers within the " + dataLength + " bytes of data");
        }
        long bytes = bytes(name, dtype, shape);
        if (bytes != offsets[1] - offsets[0]) {
            throw broken("tensor " + name + " at offset " + offsets[0] + " needs " + bytes + " bytes for " + dtype
                    + java.util.Arrays.toString(shape) + ", its offsets span " + (offsets[1] - offsets[0]));
        }
        return new TensorInfo(name, dtype, shape, offsets[0], offsets[1]);
    }

    private DType dtype(String name, JsonElement element) throws SafetensorsException {
        if (element instanceof JsonPrimitive value && value.isString()) {
            for (DType dtype : DType.values()) {
                if (dtype.name().equals(value.getAsString())) {
                    return dtype;
                }
            }
        }
        throw broken("tensor " + name + " has dtype " + element + ", which is not one of "
                + java.util.Arrays.toString(DType.values()));
    }

    private long[] longs(String name, String key, JsonElement element) throws SafetensorsException {
        if (!(element instanceof JsonArray array)) {
            throw broken("tensor " + name + " has a " + key + " that is not a list");
        }
        long[] numbers = new long[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(array.get(i) instanceof JsonPrimitive value) || !value.isNumber()) {
                throw broken("tensor " + name + " has a " + key + " that holds more than numbers");
            }
            numbers[i] = value.getAsLong();
        }
        return numbers;
    }

    private long bytes(String name, DType dtype, long[] shape) throws SafetensorsException {
        long bytes = dtype.bytes();
        try {
            for (long extent : shape) {
                bytes = Math.multiplyExact(bytes, extent);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw broken(
                    "tensor " + name + " has a shape " + java.util.Arrays.toString(shape) + " whose size overflows");
        }
    }

    private void checkCoverage() throws SafetensorsException {
        long position = 0;
        for (TensorInfo tensor : tensors) {
            if (tensor.begin() != position) {
                throw broken("tensor " + tensor.name() + " begins at offset " + tensor.begin() + ", where " + position
                        + " was expected: a " + (tensor.begin() > position ? "hole" : "overlap"));
            }
            position = tensor.end();
        }
        if (position != dataLength) {
            throw broken("its tensors end at offset " + position + ", its data has " + dataLength + " bytes");
        }
    }

    private SafetensorsException broken(String what) {
        return new SafetensorsException(file, what);
    }
}

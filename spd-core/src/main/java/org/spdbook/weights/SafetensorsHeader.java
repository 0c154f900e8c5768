package org.spdbook.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The checked header of a safetensors file. Every rule of the format is held here. */
final class SafetensorsHeader {

    static final long MAX_LENGTH = 100_000_000;
    static final String METADATA = "__metadata__";

    private static final Set<String> KEYS = Set.of("dtype", "shape", "data_offsets");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

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
        read(json);
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

    private void read(ByteBuffer json) throws SafetensorsException {
        JsonObject header;
        try {
            header = StrictJson.parse(json);
        } catch (IOException e) {
            throw broken("its header at offset 8 is refused, because " + e.getMessage());
        }
        for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
            if (entry.getKey().equals(METADATA)) {
                readMetadata(entry.getValue());
            } else {
                tensors.add(tensor(entry.getKey(), entry.getValue()));
            }
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
        if (!(element instanceof JsonObject object) || !object.keySet().equals(KEYS)) {
            throw broken("tensor " + name + " does not have exactly dtype, shape and data_offsets");
        }
        DType dtype = dtype(name, object.get("dtype"));
        long[] shape = longs(name, "shape", object.get("shape"));
        long[] offsets = longs(name, "data_offsets", object.get("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataLength) {
            throw broken("tensor " + name + " has data_offsets " + Arrays.toString(offsets)
                    + ", not two growing numbers within the " + dataLength + " bytes of data");
        }
        long bytes = bytes(name, dtype, shape, offsets[0]);
        if (bytes != offsets[1] - offsets[0]) {
            throw broken("tensor " + name + " at offset " + offsets[0] + " needs " + bytes + " bytes for " + dtype
                    + Arrays.toString(shape) + ", its offsets span " + (offsets[1] - offsets[0]));
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
                + Arrays.toString(DType.values()));
    }

    private long[] longs(String name, String key, JsonElement element) throws SafetensorsException {
        if (!(element instanceof JsonArray array)) {
            throw broken("tensor " + name + " has the " + key + " " + element + ", which is not a list");
        }
        long[] numbers = new long[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = wholeNumber(name, key, array.get(i));
        }
        return numbers;
    }

    private long wholeNumber(String name, String key, JsonElement element) throws SafetensorsException {
        if (element instanceof JsonPrimitive value
                && value.isNumber()
                && WHOLE_NUMBER.matcher(value.getAsString()).matches()) {
            try {
                return Long.parseLong(value.getAsString());
            } catch (NumberFormatException e) {
                throw broken("tensor " + name + " has " + element + " in its " + key + ", which is too large");
            }
        }
        throw broken("tensor " + name + " has " + element + " in its " + key + ", which is not a whole number >= 0");
    }

    private long bytes(String name, DType dtype, long[] shape, long begin) throws SafetensorsException {
        long bytes = dtype.bytes();
        try {
            for (long extent : shape) {
                bytes = Math.multiplyExact(bytes, extent);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw broken("tensor " + name + " at offset " + begin + " has a shape " + Arrays.toString(shape)
                    + " whose size overflows");
        }
    }

    private void checkCoverage() throws SafetensorsException {
        long position = 0;
        String last = "(none)";
        for (TensorInfo tensor : tensors) {
            if (tensor.begin() != position) {
                throw broken("tensor " + tensor.name() + " begins at offset " + tensor.begin() + ", where " + position
                        + " was expected: a " + (tensor.begin() > position ? "hole" : "overlap"));
            }
            position = tensor.end();
            last = tensor.name();
        }
        if (position != dataLength) {
            throw broken("its last tensor " + last + " ends at offset " + position + ", its data has " + dataLength
                    + " bytes");
        }
    }

    private SafetensorsException broken(String what) {
        return new SafetensorsException(file, what);
    }
}

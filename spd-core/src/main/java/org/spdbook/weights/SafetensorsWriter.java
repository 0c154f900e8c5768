package org.spdbook.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes safetensors files, atomically. Equal tensors and metadata give equal bytes. */
public final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * Writes a file in one move; see {@link AtomicFile}.
     *
     * @param tensors by name, written in this order
     * @param metadata free text, written in the order of its keys
     * @throws IllegalArgumentException if a name or text cannot be stored
     * @throws IOException if the folder cannot be written; a file that was there stays as it was
     */
    public static void write(Path file, Map<String, TensorData> tensors, Map<String, String> metadata)
            throws IOException {
        ByteBuffer header = header(tensors, metadata);
        AtomicFile.write(file, channel -> {
            AtomicFile.writeFully(channel, header);
            for (TensorData tensor : tensors.values()) {
                AtomicFile.writeFully(channel, tensor.data());
            }
        });
    }

    private static ByteBuffer header(Map<String, TensorData> tensors, Map<String, String> metadata) {
        JsonObject json = new JsonObject();
        if (!metadata.isEmpty()) {
            JsonObject entries = new JsonObject();
            new TreeMap<>(metadata).forEach((key, text) -> entries.addProperty(storable(key), storable(text)));
            json.add("__metadata__", entries);
        }
        long offset = 0;
        for (Map.Entry<String, TensorData> entry : tensors.entrySet()) {
            TensorData tensor = entry.getValue();
            long end = offset + tensor.data().remaining();
            JsonObject info = new JsonObject();
            info.addProperty("dtype", tensor.dtype().name());
            info.add("shape", numbers(tensor.shape()));
            info.add("data_offsets", numbers(offset, end));
            json.add(name(entry.getKey()), info);
            offset = end;
        }
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        if (text.length > SafetensorsHeader.MAX_LENGTH - ALIGNMENT) {
            throw new IllegalArgumentException("a header of " + text.length + " bytes cannot be stored, at most "
                    + SafetensorsHeader.MAX_LENGTH + "; write fewer tensors or less metadata into one file");
        }
        int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static String name(String name) {
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException(
                    "a tensor cannot be named " + name + ", which the format keeps for metadata; rename it");
        }
        return storable(name);
    }

    private static String storable(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "text \"" + text + "\" holds half of a surrogate pair, which UTF-8 cannot store; correct it");
        }
        return text;
    }

    private static JsonArray numbers(long... values) {
        JsonArray array = new JsonArray();
        for (long value : values) {
            array.add(value);
        }
        return array;
    }
}

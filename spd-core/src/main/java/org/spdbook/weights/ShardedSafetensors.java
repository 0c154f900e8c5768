package org.spdbook.weights;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights spread over several safetensors files by an index, {@code model.safetensors.index.json}: its {@code weight_map} gives
 * each tensor's file in the same folder. A shard's tensors that the index does not name are left out. Those of archives of
 * torch.save, {@code pytorch_model.bin.index.json}, are read the same way.
 */
public final class ShardedSafetensors implements TensorFile {

    /** Opens a shard. */
    @FunctionalInterface
    interface Opener {
        TensorFile open(Path shard) throws IOException;
    }

    private final Path index;
    private final Opener opener;
    private final Map<String, TensorFile> shards = new LinkedHashMap<>();
    private final Map<String, TensorFile> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private ShardedSafetensors(Path index, Opener opener) {
        this.index = index;
        this.opener = opener;
    }

    /**
     * Opens an index and all its shards.
     *
     * @throws SafetensorsException if the index or a shard breaks the format, a shard is missing or lacks a tensor
     * @throws IOException if a file cannot be read
     */
    public static ShardedSafetensors open(Path index) throws IOException {
        return open(index, Safetensors::open);
    }

    /** Opens an index and its shards of another format. */
    static ShardedSafetensors open(Path index, Opener opener) throws IOException {
        var file = new ShardedSafetensors(index, opener);
        try {
            file.read();
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void read() throws IOException {
        JsonObject json;
        if (Files.size(index) > SafetensorsHeader.MAX_LENGTH) {
            throw new SafetensorsException(
                    index,
                    "as an index it may have " + SafetensorsHeader.MAX_LENGTH + " bytes, it has " + Files.size(index));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(index));
        try {
            json = StrictJson.parse(bytes);
        } catch (IOException e) {
            throw new SafetensorsException(index, "as an index it is refused, because " + e.getMessage());
        }
        if (json.get("metadata") instanceof JsonObject entries) {
            entries.entrySet().forEach(entry -> metadata.put(entry.getKey(), text(entry.getValue())));
        }
        if (!(json.get("weight_map") instanceof JsonObject map)) {
            throw new SafetensorsException(index, "it has no weight_map with the file of each tensor");
        }
        for (Map.Entry<String, JsonElement> entry : map.entrySet()) {
            tensors.put(entry.getKey(), shardOf(entry.getKey(), entry.getValue()));
        }
    }

    private static String text(JsonElement value) {
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : value.toString();
    }

    private TensorFile shardOf(String tensor, JsonElement name) throws IOException {
        if (!(name instanceof JsonPrimitive value) || !value.isString() || !isPlainName(value.getAsString())) {
            throw new SafetensorsException(
                    index, "tensor " + tensor + " is said to lie in " + name + ", which is no file name of its folder");
        }
        String shard = value.getAsString();
        TensorFile file = shards.get(shard);
        if (file == null) {
            Path path = index.resolveSibling(shard);
            if (!Files.isRegularFile(path)) {
                throw new SafetensorsException(
                        index,
                        "tensor " + tensor + " is said to lie in shard " + shard + ", which is not in its folder");
            }
            file = opener.open(path);
            shards.put(shard, file);
        }
        if (!file.has(tensor)) {
            throw new SafetensorsException(
                    index, "tensor " + tensor + " is said to lie in shard " + shard + ", which does not hold it");
        }
        return file;
    }

    /** An index from elsewhere must not reach outside its folder. */
    private static boolean isPlainName(String name) {
        return name.matches("[^/\\\\:\\x00]+") && !name.equals(".") && !name.equals("..");
    }

    @Override
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    @Override
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** The index's own metadata, such as {@code total_size} in bytes; numbers as text. */
    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** Type, shape and place in its shard. */
    @Override
    public TensorInfo info(String name) {
        return shard(name).info(name);
    }

    @Override
    public ByteBuffer buffer(String name) {
        return shard(name).buffer(name);
    }

    @Override
    public Optional<FilePart> part(String name) {
        return shard(name).part(name);
    }

    private TensorFile shard(String name) {
        TensorFile shard = tensors.get(name);
        if (shard == null) {
            throw new IllegalArgumentException(Safetensors.missing(index, name, tensors.keySet()));
        }
        return shard;
    }

    /** Closes all shards, the later ones too when closing one fails. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (TensorFile shard : shards.values()) {
            try {
                shard.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

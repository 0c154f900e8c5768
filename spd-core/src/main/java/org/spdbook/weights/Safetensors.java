package org.spdbook.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A safetensors file, mapped read-only: opening reads and checks the header alone, a tensor is read when asked for. Format:
 * eight bytes little-endian header length, a JSON header, raw little-endian data. Safe for several threads.
 */
public final class Safetensors implements TensorFile {

    private final Path file;
    private final FileChannel channel;
    private final long dataStart;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata;

    private Safetensors(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new SafetensorsException(file, "it has " + size + " bytes, fewer than the 8 of a header length");
        }
        long headerLength = map(0, Long.BYTES).getLong();
        if (headerLength < 0 || headerLength > SafetensorsHeader.MAX_LENGTH || headerLength > size - Long.BYTES) {
            throw new SafetensorsException(
                    file,
                    "its header length " + Long.toUnsignedString(headerLength) + " does not fit a file of " + size
                            + " bytes (at most " + SafetensorsHeader.MAX_LENGTH + ")");
        }
        this.dataStart = Long.BYTES + headerLength;
        var header = new SafetensorsHeader(file, map(Long.BYTES, headerLength), size - dataStart);
        header.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        this.metadata = Collections.unmodifiableMap(header.metadata());
    }

    /**
     * Opens a file.
     *
     * @throws SafetensorsException if it breaks the format
     * @throws IOException if it cannot be read
     */
    public static Safetensors open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new Safetensors(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Opens the weights of a folder: {@code model.safetensors}, or else the shards named in
     * {@code model.safetensors.index.json}.
     *
     * @throws SafetensorsException if a file breaks the format or a shard is missing
     * @throws IOException if neither is there, or reading fails
     */
    public static TensorFile openFolder(Path folder) throws IOException {
        Path whole = folder.resolve("model.safetensors");
        Path index = folder.resolve("model.safetensors.index.json");
        if (Files.exists(whole)) {
            return open(whole);
        }
        if (Files.exists(index)) {
            return ShardedSafetensors.open(index);
        }
        throw new NoSuchFileException(
                folder.toString(),
                null,
                "no weights there: neither model.safetensors nor model.safetensors.index.json was found; give the folder that"
                        + " holds one of them");
    }

    private ByteBuffer map(long position, long length) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, position, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    @Override
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public TensorInfo info(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new IllegalArgumentException(missing(file, name, tensors.keySet()));
        }
        return info;
    }

    /** The sentence about a tensor that is asked for and not there. */
    static String missing(Path file, String name, Collection<String> names) {
        return "file " + file + " has no tensor " + name + ", only " + names.size() + " others, such as "
                + names.stream().limit(4).toList() + "; ask for one of its names";
    }

    @Override
    public ByteBuffer buffer(String name) {
        TensorInfo info = info(name);
        if (info.end() - info.begin() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "tensor " + info + " of " + file + " is larger than the 2 GiB of a buffer; split it");
        }
        try {
            return map(dataStart + info.begin(), info.end() - info.begin());
        } catch (IOException e) {
            throw new UncheckedIOException("mapping tensor " + info + " of " + file + " failed", e);
        }
    }

    @Override
    public Optional<FilePart> part(String name) {
        TensorInfo info = info(name);
        return Optional.of(new FilePart(file, dataStart + info.begin(), dataStart + info.end()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

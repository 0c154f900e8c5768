package org.spdbook.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file, mapped read-only: opening reads and checks the header alone, a tensor is read when asked for. Format:
 * eight bytes little-endian header length, a JSON header, raw little-endian data. Safe for several threads.
 */
public final class Safetensors implements AutoCloseable {

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
        this.metadata = Map.copyOf(header.metadata());
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

    private ByteBuffer map(long position, long length) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, position, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Names by their place in the file. */
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** Free text of the writer. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Type, shape and place of a tensor.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TensorInfo info(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new IllegalArgumentException("file " + file + " has no tensor " + name + ", only " + tensors.size()
                    + " others, such as " + tensors.keySet().stream().limit(4).toList());
        }
        return info;
    }

    /**
     * The bytes of a tensor, mapped, little-endian, read-only.
     *
     * @throws IllegalArgumentException if there is none, or it has more than 2 GiB
     */
    public ByteBuffer buffer(String name) {
        TensorInfo info = info(name);
        if (info.end() - info.begin() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("tensor " + info + " is larger than the 2 GiB of a buffer");
        }
        try {
            return map(dataStart + info.begin(), info.end() - info.begin());
        } catch (IOException e) {
            throw new UncheckedIOException("mapping tensor " + info + " of " + file + " failed", e);
        }
    }

    /** Values of a floating-point tensor (F32, F64, F16, BF16) as floats. */
    public float[] floats(String name) {
        TensorInfo info = info(name);
        ByteBuffer data = buffer(name);
        float[] values = new float[Math.toIntExact(info.elements())];
        switch (info.dtype()) {
            case F32 -> data.asFloatBuffer().get(values);
            case F64 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) data.getDouble();
                }
            }
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = HalfFloat.toFloat(data.getShort());
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(data.getShort() << Short.SIZE);
                }
            }
            default ->
                throw new IllegalArgumentException(
                        "tensor " + info + " is asked for as floats; it holds " + info.dtype());
        }
        return values;
    }

    /** Values of an integer tensor as longs; BOOL gives 0 and 1. */
    public long[] longs(String name) {
        TensorInfo info = info(name);
        ByteBuffer data = buffer(name);
        long[] values = new long[Math.toIntExact(info.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (info.dtype()) {
                case BOOL, U8 -> data.get() & 0xFF;
                case I8 -> data.get();
                case I16 -> data.getShort();
                case U16 -> data.getShort() & 0xFFFF;
                case I32 -> data.getInt();
                case U32 -> data.getInt() & 0xFFFFFFFFL;
                case I64, U64 -> data.getLong();
                default ->
                    throw new IllegalArgumentException(
                            "tensor " + info + " is asked for as integers; it holds " + info.dtype());
            };
        }
        return values;
    }

    /** Bytes of a tensor, as they lie in the file. */
    public byte[] bytes(String name) {
        ByteBuffer data = buffer(name);
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    /**
     * A tensor as an array, in its own type where the engine has one. BF16 becomes FLOAT32: DJL 0.35's native layer ends the
     * process on many bf16 operations.
     *
     * @param manager owns the array
     * @throws IllegalArgumentException if there is none or its type has no array
     */
    public NDArray load(NDManager manager, String name) {
        TensorInfo info = info(name);
        Shape shape = new Shape(info.shape());
        if (info.dtype() == DType.BF16) {
            return manager.create(floats(name), shape);
        }
        DataType type = info.dtype().array();
        if (type == null) {
            throw new IllegalArgumentException(
                    "tensor " + info + " has a type without arrays; read it by longs or bytes");
        }
        ByteBuffer data = buffer(name);
        ByteBuffer direct = ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.nativeOrder());
        direct.put(data).rewind();
        NDArray array = manager.create(direct, shape, type);
        array.setName(name);
        return array;
    }

    /** All tensors as arrays by name, in the order of the file; {@code manager} owns them. */
    public Map<String, NDArray> loadAll(NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        tensors.keySet().forEach(name -> arrays.put(name, load(manager, name)));
        return arrays;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

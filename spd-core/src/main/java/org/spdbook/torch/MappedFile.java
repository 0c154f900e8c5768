package org.spdbook.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * A file of raw little-endian values whose parts are arrays without being read: the operating system brings in the pages that are used,
 * and may drop them again. The mapping is private: what is written to an array stays in memory. It is made once for each type of values,
 * and lasts as long as any array of it, also after {@link #close}; until then the file must not be cut off, or the process ends. Not
 * thread-safe.
 */
public final class MappedFile implements AutoCloseable {

    private static final long CHUNK = 1L << 28;

    private final Path file;
    private final Map<DataType, NDArray> wholes = new EnumMap<>(DataType.class);

    /** A file that is there; it is opened when a part is asked for. */
    public MappedFile(Path file) {
        this.file = file;
    }

    /**
     * A part of the file as an array, on the device of its owner: mapped on the CPU, copied on a GPU. A part that does not begin at a
     * multiple of the size of a value is copied too.
     *
     * @param owner of the array
     * @param type FLOAT32, FLOAT64, FLOAT16 or BFLOAT16
     * @param offset first byte
     * @throws IllegalArgumentException if the type is another one, or the file ends before the part does
     */
    public NDArray array(NDManager owner, DataType type, long offset, Shape shape) {
        int number = number(type);
        try {
            long size = Files.size(file);
            if (offset < 0 || shape.size() > (size - offset) / type.getNumOfBytes()) {
                throw new IllegalArgumentException(
                        "values of type " + type + " and shape " + shape + " from byte " + offset + " of " + file
                                + " are asked for, which has " + size + " bytes; take the file as it was written");
            }
            if (shape.size() == 0 || offset % type.getNumOfBytes() != 0) {
                return copied(owner, number, offset, shape);
            }
            long elements = size / type.getNumOfBytes();
            NDArray whole = wholes.computeIfAbsent(type, missing -> whole(number, elements));
            return Ops.part(owner, whole, offset / type.getNumOfBytes(), shape);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + " failed", e);
        }
    }

    private NDArray whole(int number, long elements) {
        try {
            return Scope.keep(Ops.fromFile(file.toString(), number, elements));
        } catch (EngineException e) {
            throw new IllegalStateException(
                    "mapping " + file
                            + " failed; it may be larger than the memory that the system promises at once: take it in"
                            + " shards, or on Linux set vm.overcommit_memory to 1",
                    e);
        }
    }

    private NDArray copied(NDManager owner, int number, long offset, Shape shape) throws IOException {
        try (NDManager cpu = Torch.newManager();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            NDArray flat = Ops.empty(cpu, new Shape(shape.size()), number);
            long position = offset;
            for (long start = 0; start < shape.size(); start += CHUNK) {
                long length = Math.min(CHUNK, shape.size() - start);
                ByteBuffer memory =
                        Ops.part(cpu, flat, start, new Shape(length)).toByteBuffer(true);
                while (memory.hasRemaining()) {
                    int read = channel.read(memory, position);
                    if (read < 0) {
                        throw new IOException("file " + file + " was cut off while it was read");
                    }
                    position += read;
                }
            }
            return Ops.part(owner, flat, 0, shape);
        }
    }

    private static int number(DataType type) {
        return switch (type) {
            case FLOAT16 -> 5;
            case FLOAT32 -> 6;
            case FLOAT64 -> 7;
            case BFLOAT16 -> 15;
            default ->
                throw new IllegalArgumentException(
                        "arrays of type " + type
                                + " cannot be mapped; FLOAT32, FLOAT64, FLOAT16 and BFLOAT16 can, read others by the file's own methods");
        };
    }

    /** Lets go of the mapping; arrays of it stay as they are. */
    @Override
    public void close() {
        wholes.values().forEach(NDArray::close);
        wholes.clear();
    }
}

package org.spdbook.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named tensors on disk: one file, or the shards of one. Tensors are read when asked for; every method with a name throws
 * {@link IllegalArgumentException} if there is no such tensor. Safe for several threads.
 */
public interface TensorFile extends AutoCloseable {

    /** Names by their place in the file; in the order of the index or dictionary where there is one. */
    List<String> names();

    /** Whether there is a tensor of this name. */
    boolean has(String name);

    /** Free text of the writer. */
    Map<String, String> metadata();

    /** Type, shape and place of a tensor. */
    TensorInfo info(String name);

    /**
     * The bytes of a tensor, mapped, little-endian, read-only.
     *
     * @throws IllegalArgumentException if it has more than the 2 GiB of a buffer
     */
    ByteBuffer buffer(String name);

    /** Where the bytes of a tensor lie, however many; empty if they do not lie in row-major order. */
    Optional<FilePart> part(String name);

    @Override
    void close() throws IOException;

    /** Values of a floating-point tensor (F32, F16, BF16 exactly, F64 rounded) as floats, in row-major order. */
    default float[] floats(String name) {
        return TensorValues.floats(info(name), buffer(name));
    }

    /** Values of a floating-point tensor (F64, F32, F16, BF16) as doubles, all exactly, in row-major order. */
    default double[] doubles(String name) {
        return TensorValues.doubles(info(name), buffer(name));
    }

    /**
     * Values of an integer tensor as longs, in row-major order; BOOL gives 0 and 1, U64 keeps its bits: compare those by
     * {@link Long#compareUnsigned}.
     */
    default long[] longs(String name) {
        return TensorValues.longs(info(name), buffer(name));
    }

    /** Bytes of a tensor, as they lie in the file. */
    default byte[] bytes(String name) {
        ByteBuffer data = buffer(name);
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    /**
     * A tensor as an array, in its own type where the engine has one. BF16 becomes FLOAT32, exactly: DJL 0.35's native layer
     * ends the process on many bf16 operations.
     *
     * @param manager owns the array
     * @throws IllegalArgumentException if its type has no array
     */
    default NDArray load(NDManager manager, String name) {
        TensorInfo info = info(name);
        Shape shape = new Shape(info.shape());
        NDArray array;
        if (info.dtype() == DType.BF16) {
            array = manager.create(floats(name), shape);
        } else {
            DataType type = info.dtype().array();
            if (type == null) {
                throw new IllegalArgumentException("tensor " + info + " is asked for as an array, which has no type "
                        + info.dtype() + "; read it by longs or bytes");
            }
            ByteBuffer data = buffer(name);
            ByteBuffer direct = ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.nativeOrder());
            direct.put(data).rewind();
            array = manager.create(direct, shape, type);
        }
        array.setName(name);
        return array;
    }

    /** All tensors as arrays by name, in the order of {@link #names}; {@code manager} owns them. */
    default Map<String, NDArray> loadAll(NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        names().forEach(name -> arrays.put(name, load(manager, name)));
        return arrays;
    }
}

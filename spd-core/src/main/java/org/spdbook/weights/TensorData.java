package org.spdbook.weights;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor to be written.
 *
 * @param dtype element type
 * @param shape extents
 * @param data little-endian bytes, from position to limit
 */
public record TensorData(DType dtype, long[] shape, ByteBuffer data) {

    public TensorData {
        long bytes = dtype.bytes();
        for (long extent : shape) {
            bytes *= extent;
        }
        if (bytes != data.remaining()) {
            throw new IllegalArgumentException("a " + dtype + " tensor of shape " + java.util.Arrays.toString(shape)
                    + " needs " + bytes + " bytes, got " + data.remaining());
        }
    }

    /** Float32 values. */
    public static TensorData of(float[] values, long... shape) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new TensorData(DType.F32, shape, data);
    }

    /** Int64 values. */
    public static TensorData of(long[] values, long... shape) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        return new TensorData(DType.I64, shape, data);
    }

    /** A copy of an array's values, in its own type. */
    public static TensorData of(NDArray array) {
        ByteBuffer data = array.toByteBuffer();
        return new TensorData(DType.of(array.getDataType()), array.getShape().getShape(), data);
    }
}

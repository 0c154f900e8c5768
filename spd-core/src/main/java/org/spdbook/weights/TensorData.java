package org.spdbook.weights;

import ai.djl.ndarray.NDArray;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * A tensor to be written.
 *
 * @param dtype element type
 * @param shape extents
 * @param data little-endian bytes, from position to limit; not copied, read-only from here on
 */
public record TensorData(DType dtype, long[] shape, ByteBuffer data) {

    public TensorData {
        shape = shape.clone();
        data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        BigInteger bytes = BigInteger.valueOf(dtype.bytes());
        for (long extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException(
                        "a tensor of shape " + Arrays.toString(shape) + " cannot be stored; its extents must be >= 0");
            }
            bytes = bytes.multiply(BigInteger.valueOf(extent));
        }
        if (!bytes.equals(BigInteger.valueOf(data.remaining()))) {
            throw new IllegalArgumentException("a " + dtype + " tensor of shape " + Arrays.toString(shape) + " needs "
                    + bytes + " bytes, got " + data.remaining() + "; give as many values as the shape holds");
        }
    }

    /** A copy of the extents. */
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** The bytes, read-only, with a position of its own for every caller. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
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

    /** Float64 values. */
    public static TensorData of(double[] values, long... shape) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asDoubleBuffer().put(values);
        return new TensorData(DType.F64, shape, data);
    }

    /** Uint8 values; the array must not change until they are written. */
    public static TensorData of(byte[] values, long... shape) {
        return new TensorData(DType.U8, shape, ByteBuffer.wrap(values));
    }

    /** A copy of an array's values, in its own type, bfloat16 too. */
    public static TensorData of(NDArray array) {
        return Scope.compute(() -> {
            NDArray guarded = Ops.guarded(array);
            DType dtype = DType.of(guarded.getDataType());
            return new TensorData(dtype, array.getShape().getShape(), guarded.toByteBuffer());
        });
    }
}

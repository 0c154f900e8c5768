package org.spdbook.weights;

import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;

/** Little-endian bytes of a tensor turned into Java numbers. */
final class TensorValues {

    private TensorValues() {}

    static float[] floats(TensorInfo info, ByteBuffer data) {
        float[] values = new float[data.remaining() / info.dtype().bytes()];
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
            default -> throw wrongType(info, "floats");
        }
        return values;
    }

    static double[] doubles(TensorInfo info, ByteBuffer data) {
        if (info.dtype() == DType.F64) {
            double[] values = new double[data.remaining() / Double.BYTES];
            data.asDoubleBuffer().get(values);
            return values;
        }
        float[] values = floats(info, data);
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    static long[] longs(TensorInfo info, ByteBuffer data) {
        IntToLongFunction element = switch (info.dtype()) {
            case BOOL, U8 -> i -> data.get(i) & 0xFF;
            case I8 -> data::get;
            case I16 -> i -> data.getShort(2 * i);
            case U16 -> i -> data.getShort(2 * i) & 0xFFFF;
            case I32 -> i -> data.getInt(4 * i);
            case U32 -> i -> data.getInt(4 * i) & 0xFFFFFFFFL;
            case I64, U64 -> i -> data.getLong(8 * i);
            default -> throw wrongType(info, "integers");
        };
        long[] values = new long[data.remaining() / info.dtype().bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = element.applyAsLong(i);
        }
        return values;
    }

    private static IllegalArgumentException wrongType(TensorInfo info, String asked) {
        return new IllegalArgumentException(
                "tensor " + info + " is asked for as " + asked + ", it holds " + info.dtype() + "; read it by bytes");
    }
}

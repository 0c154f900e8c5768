package org.spdbook.weights;

import ai.djl.ndarray.types.DataType;
import org.jspecify.annotations.Nullable;

/** Element types of the safetensors format, all those of whole bytes (F4 and F6 pack several elements into one and are refused). */
public enum DType {
    BOOL(1, DataType.BOOLEAN),
    U8(1, DataType.UINT8),
    I8(1, DataType.INT8),
    F8_E5M2(1, null),
    F8_E4M3(1, null),
    F8_E8M0(1, null),
    I16(2, null),
    U16(2, null),
    F16(2, DataType.FLOAT16),
    BF16(2, null),
    I32(4, DataType.INT32),
    U32(4, null),
    F32(4, DataType.FLOAT32),
    C64(8, null),
    F64(8, DataType.FLOAT64),
    I64(8, DataType.INT64),
    U64(8, null);

    private final int bytes;
    private final @Nullable DataType array;

    DType(int bytes, @Nullable DataType array) {
        this.bytes = bytes;
        this.array = array;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }

    /** The array type with the same bytes, or null where DJL's PyTorch engine has none that is safe to use. */
    public @Nullable DataType array() {
        return array;
    }

    /**
     * The type of an array.
     *
     * @throws IllegalArgumentException for types that cannot be stored
     */
    public static DType of(DataType type) {
        if (type == DataType.BFLOAT16) {
            return BF16;
        }
        for (DType candidate : values()) {
            if (candidate.array == type) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("arrays of type " + type + " cannot be stored; convert to FLOAT32 first");
    }
}

package org.spdbook.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Pickles written by hand, instruction by instruction. */
final class PickleBytes {

    private static final Map<DType, String> STORAGES = Map.of(
            DType.F32, "FloatStorage", DType.F16, "HalfStorage", DType.I64, "LongStorage", DType.U8, "ByteStorage");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** An empty pickle of protocol 2. */
    static PickleBytes protocol2() {
        return new PickleBytes().codes(0x80, 2);
    }

    PickleBytes codes(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
        return this;
    }

    /** Instructions that are letters. */
    PickleBytes ops(String letters) {
        out.writeBytes(letters.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    PickleBytes text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
        return this;
    }

    PickleBytes number(long number) {
        out.write(0x8a);
        out.write(Long.BYTES);
        out.writeBytes(little(Long.BYTES).putLong(number).array());
        return this;
    }

    PickleBytes global(String module, String name) {
        return ops("c" + module + "\n" + name + "\n");
    }

    /** A tuple of numbers. */
    PickleBytes numbers(long... numbers) {
        ops("(");
        for (long number : numbers) {
            number(number);
        }
        return ops("t");
    }

    PickleBytes storage(DType dtype, String key, long elements) {
        return ops("(").text("storage")
                .global("torch", STORAGES.getOrDefault(dtype, "?"))
                .text(key)
                .text("cpu")
                .number(elements)
                .ops("tQ");
    }

    /** A float32 tensor of the storage 0. */
    PickleBytes tensor(long elements, long offset, long[] shape, long[] strides) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .ops("(")
                .storage(DType.F32, "0", elements)
                .number(offset)
                .numbers(shape)
                .numbers(strides)
                .rest();
    }

    /** The other arguments of a tensor, and its call. */
    PickleBytes rest() {
        return codes(0x89).global("collections", "OrderedDict").ops(")RtR");
    }

    byte[] stop() {
        out.write('.');
        return out.toByteArray();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

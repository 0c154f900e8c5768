package org.spdbook.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.weights.PickleValue.Tuple;

/**
 * A tensor as a view of a storage, within which all its elements lie: element (i, j, ...) is that at
 * {@code offset + i * strides[0] + j * strides[1] + ...}.
 *
 * @param offset in elements
 * @param shape extents
 * @param strides in elements
 */
record TorchTensor(TorchStorage storage, DType dtype, long offset, long[] shape, long[] strides) {

    /** Axes, as in torch. */
    private static final int MAX_RANK = 64;

    /** Bytes that a tensor may have beyond those of its storage, by repeating elements; 16 MiB. */
    private static final long MAX_REPEATED = 1 << 24;

    /**
     * The tensor of a call of {@code _rebuild_tensor_v2} or {@code _v3}.
     *
     * @param arguments storage, offset, shape, strides and what does not matter here; four at least
     * @param dtype that of the storage if null
     * @throws TorchZipException if it does not lie in its storage
     */
    static TorchTensor of(Path file, List<Object> arguments, @Nullable DType dtype) throws TorchZipException {
        if (!(arguments.get(0) instanceof TorchStorage storage)
                || !(arguments.get(1) instanceof Long offset)
                || !(arguments.get(2) instanceof Tuple extents)
                || !(arguments.get(3) instanceof Tuple steps)) {
            throw new TorchZipException(file, "one of its tensors is not told by storage, offset, shape and strides");
        }
        DType type = dtype == null ? storage.dtype() : dtype;
        var tensor = new TorchTensor(storage, type, offset, longs(file, extents), longs(file, steps));
        tensor.check(file);
        return tensor;
    }

    private static long[] longs(Path file, Tuple tuple) throws TorchZipException {
        if (tuple.items.size() > MAX_RANK
                || !tuple.items.stream().allMatch(item -> item instanceof Long number && number >= 0)) {
            throw new TorchZipException(
                    file,
                    "one of its tensors has a shape or strides of " + tuple.items.size()
                            + " numbers, which are not at most " + MAX_RANK + " whole numbers >= 0");
        }
        return tuple.items.stream().mapToLong(item -> (Long) item).toArray();
    }

    private void check(Path file) throws TorchZipException {
        boolean fits;
        try {
            long held = Math.multiplyExact(storage.elements(), storage.dtype().bytes());
            fits = shape.length == strides.length
                    && storage.elements() >= 0
                    && offset >= 0
                    && Math.multiplyExact(Math.addExact(offset, span()), dtype.bytes()) <= held
                    && bytes() <= Math.max(held, MAX_REPEATED);
        } catch (ArithmeticException e) {
            fits = false;
        }
        if (!fits) {
            throw new TorchZipException(
                    file,
                    "a tensor of shape " + Arrays.toString(shape) + ", strides " + Arrays.toString(strides)
                            + " and offset "
                            + offset + " does not lie in its storage " + storage.key() + " of " + storage.elements()
                            + " elements, or repeats it too often");
        }
    }

    /** Number of elements. */
    private long elements() {
        boolean empty = Arrays.stream(shape).anyMatch(extent -> extent == 0);
        return empty ? 0 : Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Bytes of all elements. */
    long bytes() {
        return Math.multiplyExact(elements(), dtype.bytes());
    }

    /** Elements of the storage from the first one to the last. */
    private long span() {
        if (elements() == 0) {
            return 0;
        }
        long last = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
        }
        return Math.addExact(last, 1);
    }

    /** Bytes of the storage from the first element to the last. */
    long spanBytes() {
        return span() * dtype.bytes();
    }

    /** Bytes of the storage before the first element. */
    long firstByte() {
        return offset * dtype.bytes();
    }

    /** Whether the elements lie side by side in row-major order. */
    boolean isContiguous() {
        long step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (shape[axis] != 1 && strides[axis] != step) {
                return elements() == 0;
            }
            step *= shape[axis];
        }
        return true;
    }

    /**
     * A copy of the elements in row-major order.
     *
     * @param span bytes from the first element to the last, little-endian
     */
    ByteBuffer gathered(ByteBuffer span) {
        ByteBuffer result = ByteBuffer.allocate((int) bytes()).order(ByteOrder.LITTLE_ENDIAN);
        long[] index = new long[shape.length];
        long at = 0;
        while (result.hasRemaining()) {
            int from = (int) at * dtype.bytes();
            switch (dtype.bytes()) {
                case Byte.BYTES -> result.put(span.get(from));
                case Short.BYTES -> result.putShort(span.getShort(from));
                case Integer.BYTES -> result.putInt(span.getInt(from));
                default -> result.putLong(span.getLong(from));
            }
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                at += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                at -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return result.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}

package org.spdbook.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An array of bfloat16 values. DJL's native layer knows of no bfloat16 and ends the process where it is told of one; here such calls
 * are done by a script, or refused with a sentence. {@link Ops} and {@link MappedFile} give this type to what they make; what NDArray's
 * own methods make of it, such as a view, is a plain array again, of the type {@code UNKNOWN}: {@link Ops#guarded} gives it back.
 */
final class BFloat16Array extends PtNDArray {

    /** Takes over a tensor whose type is bfloat16. */
    BFloat16Array(PtNDManager manager, long handle) {
        super(manager, handle);
    }

    @Override
    public DataType getDataType() {
        return DataType.BFLOAT16;
    }

    @Override
    public PtNDArray toType(DataType type, boolean copy) {
        if (type == DataType.BFLOAT16) {
            return copy ? duplicate() : this;
        }
        return super.toType(type, copy);
    }

    @Override
    public PtNDArray toDevice(Device device, boolean copy) {
        if (!copy && device.equals(getDevice())) {
            return this;
        }
        return (PtNDArray) Ops.copyOn(this, device);
    }

    @Override
    public PtNDArray duplicate() {
        return (PtNDArray) Ops.copyOn(this, getDevice());
    }

    /** The values, exactly. */
    @Override
    public float[] toFloatArray() {
        try (NDArray full = super.toType(DataType.FLOAT32, true)) {
            return full.toFloatArray();
        }
    }

    /** The bytes, two per value; the array's own memory if that is asked for and it lies on the CPU. */
    @Override
    public ByteBuffer toByteBuffer(boolean tryDirect) {
        ByteBuffer own = super.toByteBuffer(true).order(ByteOrder.nativeOrder());
        if (tryDirect) {
            return own;
        }
        return ByteBuffer.allocateDirect(own.remaining())
                .order(ByteOrder.nativeOrder())
                .put(own)
                .flip();
    }

    @Override
    public PtNDArray softmax(int axis) {
        throw refused("softmax");
    }

    @Override
    public PtNDArray logSoftmax(int axis) {
        throw refused("logSoftmax");
    }

    @Override
    public NDArray zerosLike() {
        throw refused("zerosLike");
    }

    @Override
    public NDArray onesLike() {
        throw refused("onesLike");
    }

    @Override
    public void set(Buffer data) {
        throw refused("set");
    }

    @Override
    public String toString() {
        return isReleased() ? "This array is already closed" : "bfloat16 array " + getName() + " " + getShape();
    }

    @Override
    public String toDebugString(int maxSize, int maxDepth, int maxRows, int maxColumns, boolean withContent) {
        return toString();
    }

    private UnsupportedOperationException refused(String method) {
        return new UnsupportedOperationException(
                method + " was asked of " + this + ", which DJL cannot do; ask it of Ops.full(array), in float32");
    }
}

package org.spdbook.weights;

import java.util.Arrays;

/**
 * Where a tensor lies in a file.
 *
 * @param name unique in the file
 * @param dtype element type
 * @param shape extents; empty for one element
 * @param begin first byte, from the start of the data section
 * @param end byte after the last one
 */
public record TensorInfo(String name, DType dtype, long[] shape, long begin, long end) {

    public TensorInfo {
        shape = shape.clone();
    }

    /** A copy of the extents. */
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** Number of elements. */
    public long elements() {
        return (end - begin) / dtype.bytes();
    }

    @Override
    public String toString() {
        return name + " " + dtype + Arrays.toString(shape) + " at " + begin + ".." + end;
    }
}

package org.spdbook.nn;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of the tensors of a model, put together in the order of its forward pass. */
public final class Shapes {

    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    /** A tensor of given extents. */
    public Shapes add(String name, long... extents) {
        shapes.put(name, new Shape(extents));
        return this;
    }

    /** Weight [out, in] and bias [out] of a linear layer. */
    public Shapes linear(String prefix, long out, long in) {
        return add(prefix + ".weight", out, in).add(prefix + ".bias", out);
    }

    /** Weight and bias [width] of a normalisation. */
    public Shapes norm(String prefix, long width) {
        return add(prefix + ".weight", width).add(prefix + ".bias", width);
    }

    /** What was put in, in order. */
    public Map<String, Shape> asMap() {
        return Collections.unmodifiableMap(shapes);
    }
}

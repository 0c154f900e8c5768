package org.spdbook.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * Keys and values of the tokens that a model has seen, so that only new tokens are computed. Owns its arrays; close it to free them. Not
 * thread-safe.
 */
public final class KeyValueCache implements AutoCloseable {

    private final List<NDList> layers = new ArrayList<>();

    /** Number of tokens seen. */
    public long length() {
        return layers.isEmpty() ? 0 : layers.get(0).get(0).getShape().get(2);
    }

    /** Keys and values of a layer, [n, heads, length, headDim] each; empty before the first tokens. */
    NDList of(int layer) {
        return layer < layers.size() ? layers.get(layer) : new NDList();
    }

    /**
     * Replaces keys and values of a layer. Takes ownership.
     *
     * @param layer from 0; layers come in order
     */
    void put(int layer, NDArray keys, NDArray values) {
        NDList now = new NDList(Scope.keep(keys), Scope.keep(values));
        if (layer == layers.size()) {
            layers.add(now);
        } else {
            layers.set(layer, now).close();
        }
    }

    /**
     * Makes other sequences of those that are there, as a beam search does.
     *
     * @param rows sequence that each one goes on from, [n], int64
     */
    public void reorder(NDArray rows) {
        for (NDList layer : layers) {
            for (int i = 0; i < layer.size(); i++) {
                NDArray before = layer.get(i);
                layer.set(i, Scope.keep(Ops.rows(before, rows)));
                before.close();
            }
        }
    }

    @Override
    public String toString() {
        Shape shape = layers.isEmpty() ? new Shape() : layers.get(0).get(0).getShape();
        return layers.size() + " layers of keys and values " + shape;
    }

    @Override
    public void close() {
        layers.forEach(NDList::close);
        layers.clear();
    }
}

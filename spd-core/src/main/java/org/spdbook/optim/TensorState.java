package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.Precision;

/**
 * One trained tensor with all that a rule needs. The optimiser it is bound to owns anchor and slots; the model owns value
 * and gradient.
 */
public final class TensorState {

    private final int index;
    private final Target target;
    private final NDArray gradient;
    private final @Nullable NDArray anchor;
    private final Map<String, NDArray> slots;

    TensorState(int index, Target target, NDArray gradient, @Nullable NDArray anchor, Map<String, NDArray> slots) {
        this.index = index;
        this.target = target;
        this.gradient = gradient;
        this.anchor = anchor;
        this.slots = slots;
    }

    /** Position among the tensors of the model, from 0. */
    public int index() {
        return index;
    }

    /** Name in the model. */
    public String name() {
        return target.name();
    }

    /** The values, changed in place by a step. */
    public NDArray value() {
        return target.value();
    }

    /** The gradient of the loss at {@link #value()}; a rule may change it in place. */
    public NDArray gradient() {
        return gradient;
    }

    /** The point to be pulled to, or null for zero. */
    public @Nullable NDArray anchor() {
        return anchor;
    }

    /** {@code value - anchor}, a new array of the current scope. */
    public NDArray displacement() {
        return anchor == null ? value().duplicate() : value().sub(anchor);
    }

    /** A slot of the rule, changed in place. */
    public NDArray slot(String name) {
        NDArray slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException(
                    "tensor " + name() + " has no slot " + name + ", only " + slots.keySet());
        }
        return slot;
    }

    /** Factor of the learning rate for this tensor. */
    public double rateScale() {
        return target.rateScale();
    }

    /** Of the numbers that values, gradient, anchor and slots are rounded to in a step. */
    public Precision precision() {
        return target.precision();
    }

    /** Whether the decay applies; false for a free head. */
    public boolean decays() {
        return target.decays();
    }
}

package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.Precision;

/**
 * What a method does to a tensor in one step. Immutable and without state: what has to be remembered between steps lives
 * in the slots of {@link TensorState}.
 *
 * <p>Per step, in this order: gradients are there (after clipping); {@link #step} or {@link #fusedStep} changes the values
 * in place; the caller clears the gradients. Grad mode is off and a scope frees intermediate arrays.
 */
public interface UpdateRule {

    /** What is remembered per tensor between steps, in a fixed order. New slots start at zero. */
    List<Slot> slots();

    /** The anchor to which distances are measured; the pre-trained values when nothing else is said. */
    default Anchor anchor() {
        return Anchor.PRETRAINED;
    }

    /**
     * Refuses what cannot be trained by it, before the first step.
     *
     * @param tensors how many there are
     * @throws IllegalArgumentException if the rule was made for another number
     */
    default void checkFor(int tensors) {}

    /**
     * Refuses numbers that it takes no steps with.
     *
     * @param precision of a tensor
     * @throws IllegalArgumentException if it is bfloat16 and the rule is for float32 alone
     */
    default void checkFor(Precision precision) {
        if (precision != Precision.FLOAT32) {
            throw new IllegalArgumentException(getClass().getSimpleName()
                    + " takes steps in float32 alone, and tensors of " + precision.word()
                    + " were given; keep them in float32, or take adam, adamw or adam-spd");
        }
    }

    /**
     * Takes one step on one tensor, written like the paper, in NDArray operations.
     *
     * @return what was done
     */
    TensorReport step(TensorState tensor, StepContext context);

    /**
     * Takes the same step on many tensors at once with fused operations. All tensors share the settings of the first
     * one (rate scale, decays or not, precision).
     *
     * @return [n, 3] condition, fired (0 or 1), ratio; or null when the rule selects nothing
     * @throws UnsupportedOperationException if the rule has none; see {@link #hasFusedStep}
     */
    default @Nullable NDArray fusedStep(List<TensorState> tensors, StepContext context) {
        throw new UnsupportedOperationException(getClass().getName() + " has no fused step");
    }

    /** Whether {@link #fusedStep} may be called. */
    default boolean hasFusedStep() {
        return false;
    }

    /**
     * Something remembered per tensor.
     *
     * @param name key in the checkpoint
     * @param scalar one element in place of one per element of the tensor
     */
    record Slot(String name, boolean scalar) {}
}

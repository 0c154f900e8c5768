package org.spdbook.train;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.spdbook.optim.Target;

/** A model with the data it is trained on. The trainer knows nothing else of either. */
public interface Task {

    /** The tensors to train. */
    List<Target> targets();

    /** Number of training examples. */
    int examples();

    /**
     * The mean loss of a batch, one element, recorded for gradients.
     *
     * @param batch indices of examples
     * @param seeds of the run, for augmentation
     * @param epoch from 0
     */
    NDArray loss(int[] batch, Seeds seeds, int epoch);

    /**
     * Whether the loss of a batch is the mean of the losses of parts of one size. It is not where examples of a batch act on each other,
     * as by a normalisation by the batch, or where they count by what is in them, as by the number of pixels that are scored.
     */
    default boolean isMeanOfParts() {
        return true;
    }

    /**
     * Told a batch that a loss will be asked for, so that it can be made ready: each once, in the order in which they will be asked for,
     * one step ahead. May be left unused.
     */
    default void expect(int[] batch, Seeds seeds, int epoch) {}
}

package org.spdbook.train;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Recomputation;

/**
 * How the gradient of a loss is computed.
 *
 * @param recompute whether of each block of a model only the input is kept, and the rest is computed anew in backward; see {@link
 *     Recomputation}
 * @param precision of the computation; weights and gradients are float32 in each
 */
public record Gradients(boolean recompute, Precision precision) {

    /** With all that backward needs in memory. */
    public static final Gradients USUAL = new Gradients(false, Precision.FLOAT32);

    /**
     * Adds the gradients of a loss to those in the tensors.
     *
     * @param loss makes it, one element
     * @return its value
     */
    public double of(Supplier<NDArray> loss) {
        return precision.during(() -> recompute
                ? Recomputation.during(() -> Autograd.valueAndBackward(loss))
                : Autograd.valueAndBackward(loss));
    }
}

package org.spdbook.optim;

import java.util.List;
import java.util.function.Supplier;

/** Executes a step of a rule on all tensors of a model. Implementations agree within rounding and can be exchanged. */
public interface StepExecutor {

    /**
     * Takes one step. Grad mode is off.
     *
     * @return reads what was done, in the order of the tensors; reading may wait for the device, not reading never does
     */
    Supplier<List<TensorReport>> step(UpdateRule rule, List<TensorState> tensors, StepContext context);
}

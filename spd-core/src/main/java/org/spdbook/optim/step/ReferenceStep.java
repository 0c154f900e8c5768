package org.spdbook.optim.step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.spdbook.optim.StepContext;
import org.spdbook.optim.StepExecutor;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.TensorState;
import org.spdbook.optim.UpdateRule;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Scope;

/** One tensor after the other in NDArray operations that read like the paper. Slow, for any rule and dtype, but not for tensors of bfloat16 numbers. */
public final class ReferenceStep implements StepExecutor {

    @Override
    public Supplier<List<TensorReport>> step(UpdateRule rule, List<TensorState> tensors, StepContext context) {
        List<TensorReport> reports = new ArrayList<>(tensors.size());
        for (TensorState tensor : tensors) {
            if (tensor.precision() != Precision.FLOAT32) {
                throw new UnsupportedOperationException(
                        "the reference execution was asked for a step of " + tensor.name() + " in "
                                + tensor.precision().word() + ", which NDArray does not know; take TorchStep");
            }
            reports.add(Scope.compute(() -> rule.step(tensor, context)));
        }
        return () -> reports;
    }
}

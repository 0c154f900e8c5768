package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.Precision;

/**
 * Adam without any decay; with AMSGrad on request. The step is that of {@link AdamMoments}.
 *
 * <p>Source: Kingma, Ba, <i>Adam: A Method for Stochastic Optimization</i>, ICLR 2015.
 *
 * @param moments betas, eps, AMSGrad
 */
public record Adam(AdamMoments moments) implements UpdateRule {

    /** Adam with its usual numbers. */
    public static Adam defaults() {
        return new Adam(AdamMoments.defaults());
    }

    @Override
    public List<Slot> slots() {
        return moments.slots();
    }

    @Override
    public void checkFor(Precision precision) {}

    @Override
    public TensorReport step(TensorState tensor, StepContext context) {
        moments.step(tensor, context);
        return TensorReport.NONE;
    }

    @Override
    public boolean hasFusedStep() {
        return true;
    }

    @Override
    public @Nullable NDArray fusedStep(List<TensorState> tensors, StepContext context) {
        moments.fusedStep(tensors, context, 0);
        return null;
    }

    /** Makes Adam from options. */
    public static final class Service implements OptimizerService {

        @Override
        public String name() {
            return "adam";
        }

        @Override
        public String summary() {
            return "Adam without weight decay";
        }

        @Override
        public List<OptionSpec> options() {
            return AdamMoments.options();
        }

        @Override
        public UpdateRule create(Options options) {
            return new Adam(AdamMoments.from(options));
        }
    }
}

package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.Precision;

/**
 * Adam with decoupled weight decay towards zero: {@code p <- p - lr weightDecay p}, then Adam's step.
 *
 * <p>Source: Loshchilov, Hutter, <i>Decoupled Weight Decay Regularization</i>, ICLR 2019; order as in PyTorch's AdamW. The
 * baseline of the SPD paper's Table 1.
 *
 * @param moments betas, eps, AMSGrad
 * @param weightDecay strength, finite and &ge; 0; multiplied by the learning rate
 */
public record AdamW(AdamMoments moments, double weightDecay) implements UpdateRule {

    public AdamW {
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "weight decay must be finite and >= 0, got " + weightDecay + "; 0.01 is usual");
        }
    }

    /** AdamW with weight decay 0.01. */
    public static AdamW defaults() {
        return new AdamW(AdamMoments.defaults(), Service.DEFAULT_WEIGHT_DECAY);
    }

    @Override
    public List<Slot> slots() {
        return moments.slots();
    }

    @Override
    public void checkFor(Precision precision) {}

    @Override
    public TensorReport step(TensorState tensor, StepContext context) {
        if (tensor.decays()) {
            tensor.value().muli(1 - AdamMoments.rate(tensor, context) * weightDecay);
        }
        moments.step(tensor, context);
        return TensorReport.NONE;
    }

    @Override
    public boolean hasFusedStep() {
        return true;
    }

    @Override
    public @Nullable NDArray fusedStep(List<TensorState> tensors, StepContext context) {
        moments.fusedStep(tensors, context, tensors.get(0).decays() ? weightDecay : 0);
        return null;
    }

    /** Makes AdamW from options. */
    public static final class Service implements OptimizerService {

        private static final double DEFAULT_WEIGHT_DECAY = 0.01;

        @Override
        public String name() {
            return "adamw";
        }

        @Override
        public String summary() {
            return "Adam with decoupled weight decay towards zero";
        }

        @Override
        public List<OptionSpec> options() {
            return OptionSpec.join(
                    List.of(OptionSpec.number(
                            "weight-decay", DEFAULT_WEIGHT_DECAY, "strength, multiplied by the rate")),
                    AdamMoments.options());
        }

        @Override
        public UpdateRule create(Options options) {
            return new AdamW(AdamMoments.from(options), options.number("weight-decay"));
        }
    }
}

package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.OptimizerOps;

/**
 * Adam with L2-SP, a penalty on the distance to the pre-trained weights: {@code (lambda / 2) |p - anchor|^2} (eq. 1).
 *
 * <pre>
 *   coupled:    g &lt;- g + lambda (p - anchor), then Adam
 *   decoupled:  Adam, then p &lt;- p - lr lambda (p - anchor)      Alg. 1
 * </pre>
 *
 * <p>Source: Li, Grandvalet, Davoine, <i>Explicit Inductive Bias for Transfer Learning</i>, ICML 2018; decoupled: Alg. 1 of the
 * SPD paper, which takes the displacement after Adam's step.
 *
 * @param moments betas, eps, AMSGrad
 * @param lambda strength, finite and &ge; 0
 * @param decoupled outside of the moments in place of inside the gradient
 */
public record L2Sp(AdamMoments moments, double lambda, boolean decoupled) implements UpdateRule {

    public L2Sp {
        if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lambda must be finite and >= 0, got " + lambda + "; 0.1 is a start");
        }
    }

    @Override
    public List<Slot> slots() {
        return moments.slots();
    }

    @Override
    public TensorReport step(TensorState tensor, StepContext context) {
        if (!tensor.decays()) {
            moments.step(tensor, context);
        } else if (decoupled) {
            moments.step(tensor, context);
            tensor.value().subi(tensor.displacement().muli(AdamMoments.rate(tensor, context) * lambda));
        } else {
            tensor.gradient().addi(tensor.displacement().muli(lambda));
            moments.step(tensor, context);
        }
        return TensorReport.NONE;
    }

    @Override
    public boolean hasFusedStep() {
        return true;
    }

    @Override
    public @Nullable NDArray fusedStep(List<TensorState> tensors, StepContext context) {
        NDList p = AdamMoments.values(tensors);
        NDList anchors = AdamMoments.anchors(tensors);
        if (!tensors.get(0).decays()) {
            moments.fusedStep(tensors, context, 0);
        } else if (decoupled) {
            moments.fusedStep(tensors, context, 0);
            OptimizerOps.pull(
                    p, OptimizerOps.displacements(p, anchors), AdamMoments.rate(tensors.get(0), context) * lambda);
        } else {
            OptimizerOps.addPenaltyGradient(p, AdamMoments.gradients(tensors), anchors, lambda);
            moments.fusedStep(tensors, context, 0);
        }
        return null;
    }

    /** Makes L2-SP from options. */
    public static final class Service implements OptimizerService {

        @Override
        public String name() {
            return "l2sp";
        }

        @Override
        public String summary() {
            return "Adam with a penalty on the distance to the pre-trained weights";
        }

        @Override
        public List<OptionSpec> options() {
            return OptionSpec.join(
                    List.of(
                            OptionSpec.number("lambda", 0.1, "strength of the penalty"),
                            OptionSpec.flag("decoupled", "Alg. 1: outside of Adam's moments")),
                    AdamMoments.options());
        }

        @Override
        public UpdateRule create(Options options) {
            return new L2Sp(AdamMoments.from(options), options.number("lambda"), options.flag("decoupled"));
        }
    }
}

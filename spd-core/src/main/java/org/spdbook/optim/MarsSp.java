package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adam with MARS-SP, a penalty on the row of a tensor that is farthest from its anchor: {@code lambda max over rows of sum |p - anchor|}.
 * Its sub-gradient, the signs of that row, is added to the gradient.
 *
 * <p>Source: Gouk, Hospedales, Pontil, <i>Distance-Based Regularisation of Deep Networks for Fine-Tuning</i>, ICLR 2021. The constraint of the
 * same paper is {@link MarsPgm}.
 *
 * @param moments betas, eps, AMSGrad
 * @param lambda strength, finite and &ge; 0
 */
public record MarsSp(AdamMoments moments, double lambda) implements UpdateRule {

    public MarsSp {
        if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lambda must be finite and >= 0, got " + lambda + "; 0.001 is a start");
        }
    }

    @Override
    public List<Slot> slots() {
        return moments.slots();
    }

    @Override
    public TensorReport step(TensorState tensor, StepContext context) {
        penalise(tensor);
        moments.step(tensor, context);
        return TensorReport.NONE;
    }

    private void penalise(TensorState tensor) {
        if (tensor.decays() && lambda > 0) {
            tensor.gradient().addi(farthest(tensor.displacement()).sign().muli(lambda));
        }
    }

    @Override
    public boolean hasFusedStep() {
        return true;
    }

    @Override
    public @Nullable NDArray fusedStep(List<TensorState> tensors, StepContext context) {
        tensors.forEach(this::penalise);
        moments.fusedStep(tensors, context, 0);
        return null;
    }

    /** The displacement with all rows set to 0 but the farthest; the first of several. */
    private static NDArray farthest(NDArray d) {
        if (d.getShape().dimension() < 2) {
            return d;
        }
        NDArray norms = RowNorm.of(d);
        long row = norms.flatten().argMax().getLong();
        NDArray one = d.getManager().zeros(norms.getShape(), d.getDataType());
        one.set(new NDIndex(row), 1);
        return d.mul(one);
    }

    /** Makes MARS-SP from options. */
    public static final class Service implements OptimizerService {

        @Override
        public String name() {
            return "mars-sp";
        }

        @Override
        public String summary() {
            return "Adam with a penalty on the row farthest from the pre-trained weights (ICLR 2021)";
        }

        @Override
        public List<OptionSpec> options() {
            return OptionSpec.join(
                    List.of(OptionSpec.number("lambda", 0.001, "strength of the penalty")), AdamMoments.options());
        }

        @Override
        public UpdateRule create(Options options) {
            return new MarsSp(AdamMoments.from(options), options.number("lambda"));
        }
    }
}

package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/**
 * Adam with MARS-PGM, a limit on how far each row of a tensor may be from its anchor. After Adam's step a row whose sum {@code n} of
 * {@code |p - anchor|} is above the radius {@code y} is brought back: {@code p <- anchor + (y / n)(p - anchor)}.
 *
 * <p>Source: Gouk, Hospedales, Pontil, <i>Distance-Based Regularisation of Deep Networks for Fine-Tuning</i>, ICLR 2021.
 *
 * @param moments betas, eps, AMSGrad
 * @param radius largest sum of absolute values of a row's displacement, &gt; 0
 */
public record MarsPgm(AdamMoments moments, double radius) implements UpdateRule {

    /** A row that is outside by less, in shares of the radius, was put there by rounding. */
    private static final double ROUNDING = 1e-6;

    public MarsPgm {
        if (!(radius > 0)) {
            throw new IllegalArgumentException("radius must be > 0, got " + radius + "; 1 is a start");
        }
    }

    @Override
    public List<Slot> slots() {
        return moments.slots();
    }

    @Override
    public TensorReport step(TensorState tensor, StepContext context) {
        moments.step(tensor, context);
        return project(tensor);
    }

    @Override
    public boolean hasFusedStep() {
        return true;
    }

    @Override
    public NDArray fusedStep(List<TensorState> tensors, StepContext context) {
        moments.fusedStep(tensors, context, 0);
        return TensorReport.array(
                tensors.get(0).value().getManager(),
                tensors.stream().map(this::project).toList());
    }

    private TensorReport project(TensorState tensor) {
        if (!tensor.decays()) {
            return TensorReport.NONE;
        }
        NDArray d = tensor.displacement();
        NDArray excess = RowNorm.of(d).divi(radius);
        NDArray outside = excess.gt(1 + ROUNDING).toType(excess.getDataType(), false);
        NDArray divisor = outside.mul(excess.sub(1)).addi(1); // 1 inside of the ball
        tensor.value().subi(d.sub(d.div(divisor)));
        double kept = divisor.pow(-1).mean().toType(DataType.FLOAT64, false).toDoubleArray()[0];
        return new TensorReport(0, kept < 1, 1 - kept);
    }

    /** Makes MARS-PGM from options. */
    public static final class Service implements OptimizerService {

        @Override
        public String name() {
            return "mars-pgm";
        }

        @Override
        public String summary() {
            return "Adam with a limit on how far each row may be from the pre-trained weights (ICLR 2021)";
        }

        @Override
        public List<OptionSpec> options() {
            return OptionSpec.join(
                    List.of(OptionSpec.number("radius", 1, "largest sum of absolute values of a row's displacement")),
                    AdamMoments.options());
        }

        @Override
        public UpdateRule create(Options options) {
            return new MarsPgm(AdamMoments.from(options), options.number("radius"));
        }
    }
}

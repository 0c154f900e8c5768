package org.spdbook.magics;

import java.util.List;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.OptimizerService;
import org.spdbook.optim.OptionSpec;
import org.spdbook.optim.Options;
import org.spdbook.optim.StepContext;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.TensorState;
import org.spdbook.optim.UpdateRule;

/** An optimiser from outside the project: a step of fixed size against the sign of the gradient. */
public record SignDescent(double scale) implements UpdateRule {

    @Override
    public List<Slot> slots() {
        return List.of();
    }

    @Override
    public Anchor anchor() {
        return Anchor.PRETRAINED;
    }

    @Override
    public TensorReport step(TensorState tensor, StepContext context) {
        tensor.value().subi(tensor.gradient().sign().mul(scale * context.learningRate()));
        return TensorReport.NONE;
    }

    /** Found by ServiceLoader. */
    public static final class Service implements OptimizerService {

        @Override
        public String name() {
            return "sign-descent";
        }

        @Override
        public String summary() {
            return "steps of fixed size against the sign of the gradient";
        }

        @Override
        public List<OptionSpec> options() {
            return List.of(OptionSpec.number("scale", 1, "factor of the rate"));
        }

        @Override
        public UpdateRule create(Options options) {
            return new SignDescent(options.number("scale"));
        }
    }
}

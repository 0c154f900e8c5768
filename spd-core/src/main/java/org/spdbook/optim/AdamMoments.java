package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.spdbook.torch.Ops;
import org.spdbook.torch.OptimizerOps;
import org.spdbook.torch.Precision;

/**
 * The base step that all our methods share: Adam's moments, bias correction and step, as PyTorch's Adam computes them.
 *
 * <pre>
 *   m &lt;- beta1 m + (1 - beta1) g
 *   v &lt;- beta2 v + (1 - beta2) g^2                       AMSGrad: vmax &lt;- max(vmax, v), used in place of v
 *   p &lt;- p - lr/(1 - beta1^t) m / (sqrt(v)/sqrt(1 - beta2^t) + eps)
 * </pre>
 *
 * <p>Source: Kingma, Ba, <i>Adam</i>, ICLR 2015; AMSGrad: Reddi, Kale, Kumar, ICLR 2018.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param eps added to the root of the second moment, &gt; 0
 * @param amsgrad use the largest second moment so far
 */
public record AdamMoments(double beta1, double beta2, double eps, boolean amsgrad) {

    private static final String M = "m";
    private static final String V = "v";
    private static final String V_MAX = "vmax";

    public AdamMoments {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "betas must be in [0, 1), got " + beta1 + " and " + beta2 + "; 0.9 and 0.999 are usual");
        }
        if (!(eps > 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("eps must be finite and > 0, got " + eps + "; 1e-8 is usual");
        }
    }

    /** Betas 0.9 and 0.999, eps 1e-8, no AMSGrad. */
    public static AdamMoments defaults() {
        return new AdamMoments(0.9, 0.999, 1e-8, false);
    }

    /** These numbers from options of the command line. */
    static AdamMoments from(Options options) {
        return new AdamMoments(
                options.number("beta1"), options.number("beta2"), options.number("eps"), options.flag("amsgrad"));
    }

    /** The options that every method of the family has. */
    static List<OptionSpec> options() {
        AdamMoments defaults = defaults();
        return List.of(
                OptionSpec.number("beta1", defaults.beta1, "decay of the first moment"),
                OptionSpec.number("beta2", defaults.beta2, "decay of the second moment"),
                OptionSpec.number("eps", defaults.eps, "added to the root of the second moment"),
                OptionSpec.flag("amsgrad", "use the largest second moment so far"));
    }

    List<UpdateRule.Slot> slots() {
        var m = new UpdateRule.Slot(M, false);
        var v = new UpdateRule.Slot(V, false);
        return amsgrad ? List.of(m, v, new UpdateRule.Slot(V_MAX, false)) : List.of(m, v);
    }

    /** The step in place, in NDArray operations. */
    void step(TensorState tensor, StepContext context) {
        NDArray g = tensor.gradient();
        NDArray m = tensor.slot(M);
        NDArray v = tensor.slot(V);
        m.muli(beta1).addi(g.mul(1 - beta1));
        v.muli(beta2).addi(g.square().muli(1 - beta2));
        NDArray second = v;
        if (amsgrad) {
            NDArray largest = tensor.slot(V_MAX);
            Ops.copy(largest, largest.maximum(v));
            second = largest;
        }
        double stepSize = rate(tensor, context) / (1 - Math.pow(beta1, (double) context.step()));
        NDArray denominator = second.sqrt()
                .divi(Math.sqrt(1 - Math.pow(beta2, (double) context.step())))
                .addi(eps);
        tensor.value().subi(m.div(denominator).muli(stepSize));
    }

    /**
     * What a single number moves by per unit of the learning rate, against its slope.
     *
     * @param m first moment, with this step's slope in it
     * @param v second moment, likewise
     * @param step count of this step, from 1
     */
    public double direction(double m, double v, long step) {
        double first = m / (1 - Math.pow(beta1, (double) step));
        double second = v / (1 - Math.pow(beta2, (double) step));
        return first / (Math.sqrt(second) + eps);
    }

    /** The step in place on tensors of one group, fused. */
    void fusedStep(List<TensorState> tensors, StepContext context, double weightDecay) {
        NDList p = values(tensors);
        NDList g = gradients(tensors);
        if (tensors.get(0).precision() == Precision.BF16) {
            OptimizerOps.adamBf16(p, g, moments(tensors), numbers(tensors, context), weightDecay);
        } else {
            OptimizerOps.adam(p, g, moments(tensors), numbers(tensors, context), weightDecay);
        }
    }

    OptimizerOps.Moments moments(List<TensorState> tensors) {
        return new OptimizerOps.Moments(
                slots(tensors, M), slots(tensors, V), amsgrad ? slots(tensors, V_MAX) : new NDList());
    }

    OptimizerOps.AdamNumbers numbers(List<TensorState> tensors, StepContext context) {
        return new OptimizerOps.AdamNumbers(context.step(), rate(tensors.get(0), context), beta1, beta2, eps);
    }

    static double rate(TensorState tensor, StepContext context) {
        return context.learningRate() * tensor.rateScale();
    }

    static NDList values(List<TensorState> tensors) {
        return list(tensors.stream().map(TensorState::value));
    }

    static NDList gradients(List<TensorState> tensors) {
        return list(tensors.stream().map(TensorState::gradient));
    }

    /** Anchors of a group; empty when they are zero. */
    static NDList anchors(List<TensorState> tensors) {
        NDList anchors = new NDList(tensors.size());
        for (TensorState tensor : tensors) {
            NDArray anchor = tensor.anchor();
            if (anchor != null) {
                anchors.add(anchor);
            }
        }
        return anchors;
    }

    static NDList slots(List<TensorState> tensors, String name) {
        return list(tensors.stream().map(tensor -> tensor.slot(name)));
    }

    private static NDList list(java.util.stream.Stream<NDArray> arrays) {
        return arrays.collect(java.util.stream.Collectors.toCollection(NDList::new));
    }
}

package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.OptimizerOps;
import org.spdbook.torch.Precision;

/**
 * Adam with Selective Projection Decay: a tensor is pulled back towards its anchor only when going further out would raise
 * the loss. Per tensor, with {@code p} before the step, {@code p~} after Adam's step, anchor {@code a} and gradient {@code g}:
 *
 * <pre>
 *   c = -g . (p - a)                               condition, eq. 3
 *   r = max(0, |p~ - a| - |p - a|) / |p~ - a|      deviation ratio, eq. 9
 *   c &lt; 0:  p &lt;- p~ - lambda r (p~ - a)            eq. 4;  otherwise p &lt;- p~
 * </pre>
 *
 * <p>{@code lambda} is not multiplied by the learning rate, and Adam's moments never see the decay. 1 lets a tensor turn but
 * not move out (eq. 10); above 1 pulls it inside; 0 is Adam to the last bit.
 *
 * <p>Of tensors of bfloat16, c and both distances are rounded to it; at strength 0 the step is the authors', whose first moment rounds otherwise
 * than PyTorch's.
 *
 * <p>Source: Tian, Huang, Kira, <i>Rethinking Weight Decay for Robust Fine-Tuning of Foundation Models</i>, NeurIPS 2024; order
 * of operations as in the authors' {@code adamSPD.py}. Ours: the selections other than INSTANT, the anchor INITIAL.
 *
 * @param moments betas, eps, AMSGrad
 * @param lambda strength, finite and &ge; 0
 * @param anchor the point to be pulled to
 * @param selection when to pull
 * @param norm how distances are measured
 */
public record AdamSpd(AdamMoments moments, double lambda, Anchor anchor, Selection selection, Norm norm)
        implements UpdateRule {

    private static final Slot MEMORY = new Slot("condition", true);
    private static final double MARS_EPSILON = 1e-8;

    public AdamSpd {
        if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lambda must be finite and >= 0, got " + lambda + "; 1 is a good start");
        }
    }

    /** The authors' rule with their defaults and the given strength. */
    public static AdamSpd of(double lambda) {
        return new AdamSpd(AdamMoments.defaults(), lambda, Anchor.PRETRAINED, Selection.INSTANT, Norm.L2);
    }

    @Override
    public List<Slot> slots() {
        return selection.accumulates() ? OptionSpec.join(moments.slots(), List.of(MEMORY)) : moments.slots();
    }

    @Override
    public void checkFor(int tensors) {
        selection.checkFor(tensors);
    }

    @Override
    public void checkFor(Precision precision) {
        if (norm == Norm.MARS) {
            UpdateRule.super.checkFor(precision);
        }
    }

    @Override
    public TensorReport step(TensorState tensor, StepContext context) {
        NDArray d = tensor.displacement();
        double c = -scalar(tensor.gradient().mul(d).sum());
        if (selection.accumulates()) {
            NDArray memory = tensor.slot(MEMORY.name());
            memory.muli(selection.rho()).addi(c);
            c = scalar(memory);
        }
        NDArray previous = radius(d);
        boolean displaced = scalar(d.abs().max()) > 0;

        moments.step(tensor, context);

        double draw = context.draw().applyAsDouble(tensor.index());
        boolean fires = tensor.decays() && selection.fires(c, displaced, draw, tensor.index());
        if (!fires) {
            return new TensorReport(c, false, 0);
        }
        NDArray after = tensor.displacement();
        NDArray current = radius(after);
        NDArray ratio =
                current.sub(previous).divi(current.maximum(Float.MIN_NORMAL)).clip(0, 1);
        if (lambda > 0) {
            tensor.value().subi(after.muli(ratio.mul(lambda)));
        }
        return new TensorReport(c, true, scalar(ratio.mean()));
    }

    /** Distance of a displacement: one element for L2, one per row for MARS (kept broadcastable). */
    private NDArray radius(NDArray displacement) {
        if (norm == Norm.L2) {
            return displacement.square().sum().sqrt();
        }
        return RowNorm.of(displacement).addi(MARS_EPSILON);
    }

    private static double scalar(NDArray value) {
        return value.toType(ai.djl.ndarray.types.DataType.FLOAT64, false).toDoubleArray()[0];
    }

    @Override
    public boolean hasFusedStep() {
        return true;
    }

    @Override
    public @Nullable NDArray fusedStep(List<TensorState> tensors, StepContext context) {
        if (!tensors.get(0).decays()) {
            moments.fusedStep(tensors, context, 0);
            return null;
        }
        NDList memory = selection.accumulates() ? AdamMoments.slots(tensors, MEMORY.name()) : new NDList();
        NDArray given = selection.kind() == Selection.Kind.RANDOM ? draws(tensors, context) : null;
        var numbers = new OptimizerOps.SpdNumbers(lambda, selectionCode(), selection.rho(), given, norm == Norm.MARS);
        NDList p = AdamMoments.values(tensors);
        NDList g = AdamMoments.gradients(tensors);
        NDList anchors = AdamMoments.anchors(tensors);
        OptimizerOps.Moments state = moments.moments(tensors);
        OptimizerOps.AdamNumbers adam = moments.numbers(tensors, context);
        return tensors.get(0).precision() == Precision.BF16
                ? OptimizerOps.adamSpdBf16(p, g, state, anchors, memory, adam, numbers)
                : OptimizerOps.adamSpd(p, g, state, anchors, memory, adam, numbers);
    }

    private int selectionCode() {
        return switch (selection.kind()) {
            case INSTANT, CUMULATIVE, EMA -> 0;
            case ALWAYS -> 1;
            case INVERTED -> 2;
            case RANDOM -> 3;
        };
    }

    private NDArray draws(List<TensorState> tensors, StepContext context) {
        float[] fires = new float[tensors.size()];
        for (int i = 0; i < fires.length; i++) {
            int tensor = tensors.get(i).index();
            fires[i] = selection.fires(0, true, context.draw().applyAsDouble(tensor), tensor) ? 1 : 0;
        }
        return tensors.get(0).value().getManager().create(fires);
    }

    /** How a distance is measured. */
    public enum Norm {
        /** One Euclidean distance per tensor; the paper's. */
        L2,
        /** One sum of absolute values per row, so that each row has its own ratio; in the authors' AdamH code. */
        MARS
    }

    /** Makes Adam-SPD from options. */
    public static final class Service implements OptimizerService {

        @Override
        public String name() {
            return "adam-spd";
        }

        @Override
        public String summary() {
            return "Adam with Selective Projection Decay (NeurIPS 2024)";
        }

        @Override
        public List<OptionSpec> options() {
            return OptionSpec.join(
                    List.of(
                            OptionSpec.number("lambda", 1, "strength; 1 turns but does not move out"),
                            OptionSpec.choice(
                                    "anchor", "pretrained", "the point to be pulled to", words(Anchor.values())),
                            OptionSpec.pattern("selection", "instant", "when to pull", Selection.words()),
                            OptionSpec.choice("norm", "l2", "how distances are measured", words(Norm.values()))),
                    AdamMoments.options());
        }

        private static List<String> words(Enum<?>[] values) {
            return Arrays.stream(values)
                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                    .toList();
        }

        @Override
        public UpdateRule create(Options options) {
            return new AdamSpd(
                    AdamMoments.from(options),
                    options.number("lambda"),
                    Anchor.valueOf(options.text("anchor").toUpperCase(Locale.ROOT)),
                    Selection.parse(options.text("selection")),
                    Norm.valueOf(options.text("norm").toUpperCase(Locale.ROOT)));
        }
    }
}

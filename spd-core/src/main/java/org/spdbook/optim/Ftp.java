package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.Ops;

/**
 * Fast Trainable Projection: after AdamW's step each row of a tensor is brought into a ball around its anchor, whose radius {@code y}
 * is learned along the way. With {@code c} the displacement that AdamW's step alone would give, and {@code n} the sums of absolute
 * values of its rows:
 *
 * <pre>
 *   s = sum over rows of g . c(t-1) / n(t-1)          from the second step on; s > 0: s &lt;- k s
 *   y &lt;- Adam(y, s), rate 1e-2, kept within [1e-8, largest n]
 *   p &lt;- a + min(1, y / n) c
 * </pre>
 *
 * <p>Source: Tian, Liu, Smith, Kira, <i>Fast Trainable Projection for Robust Fine-Tuning</i>, NeurIPS 2023; order of operations as in the
 * authors' {@code FTP.py}.
 *
 * @param adamw the step before the projection
 * @param k factor of what shrinks the radius, in [0, 1]; 0 lets it only grow
 */
public record Ftp(AdamW adamw, double k) implements UpdateRule {

    private static final Slot CANDIDATE = new Slot("candidate", false);
    private static final Slot RADIUS = new Slot("radius", true);
    private static final Slot RADIUS_M = new Slot("radius-m", true);
    private static final Slot RADIUS_V = new Slot("radius-v", true);
    private static final double LEAST = 1e-8;
    private static final double RADIUS_RATE = 1e-2;
    private static final AdamMoments OF_RADIUS = AdamMoments.defaults();

    public Ftp {
        if (!(k >= 0 && k <= 1)) {
            throw new IllegalArgumentException("k must be in [0, 1], got " + k + "; 1 is the authors' value");
        }
    }

    @Override
    public List<Slot> slots() {
        return Stream.concat(adamw.slots().stream(), Stream.of(CANDIDATE, RADIUS, RADIUS_M, RADIUS_V))
                .toList();
    }

    @Override
    public TensorReport step(TensorState tensor, StepContext context) {
        if (!tensor.decays()) {
            return adamw.step(tensor, context);
        }
        double slope = slope(tensor);
        adamw.step(tensor, context);
        return project(tensor, slope, context);
    }

    @Override
    public boolean hasFusedStep() {
        return true;
    }

    @Override
    public @Nullable NDArray fusedStep(List<TensorState> tensors, StepContext context) {
        if (!tensors.get(0).decays()) {
            return adamw.fusedStep(tensors, context);
        }
        double[] slopes = tensors.stream().mapToDouble(Ftp::slope).toArray();
        adamw.fusedStep(tensors, context);
        List<TensorReport> reports = new ArrayList<>();
        for (int i = 0; i < slopes.length; i++) {
            reports.add(project(tensors.get(i), slopes[i], context));
        }
        return TensorReport.array(tensors.get(0).value().getManager(), reports);
    }

    private TensorReport project(TensorState tensor, double slope, StepContext context) {
        NDArray candidate = tensor.displacement();
        NDArray norms = RowNorm.of(candidate).addi(LEAST);
        double radius = Math.min(
                scalar(norms.max()), Math.max(LEAST, context.step() == 1 ? LEAST : learned(tensor, slope, context)));
        tensor.slot(RADIUS.name()).muli(0).addi(radius);
        Ops.copy(tensor.slot(CANDIDATE.name()), candidate);
        NDArray ratio = norms.pow(-1).muli(radius).clip(0, 1);
        NDArray anchor = tensor.anchor();
        NDArray kept = candidate.mul(ratio);
        Ops.copy(tensor.value(), anchor == null ? kept : anchor.add(kept));
        double share = scalar(ratio.mean());
        return new TensorReport(-slope, share < 1, 1 - share);
    }

    /** The slope of the loss along the radius, by the displacement of the step before; 0 in the first, which has none before it. */
    private static double slope(TensorState tensor) {
        NDArray before = tensor.slot(CANDIDATE.name());
        NDArray rows = RowNorm.sum(tensor.gradient().mul(before));
        return scalar(rows.div(RowNorm.of(before).addi(LEAST)).sum());
    }

    private double learned(TensorState tensor, double slope, StepContext context) {
        double s = slope > 0 ? k * slope : slope;
        NDArray m = tensor.slot(RADIUS_M.name());
        NDArray v = tensor.slot(RADIUS_V.name());
        m.muli(OF_RADIUS.beta1()).addi((1 - OF_RADIUS.beta1()) * s);
        v.muli(OF_RADIUS.beta2()).addi((1 - OF_RADIUS.beta2()) * s * s);
        return scalar(tensor.slot(RADIUS.name()))
                - RADIUS_RATE * OF_RADIUS.direction(scalar(m), scalar(v), context.step());
    }

    private static double scalar(NDArray value) {
        return value.toType(DataType.FLOAT64, false).toDoubleArray()[0];
    }

    /** Makes FTP from options. */
    public static final class Service implements OptimizerService {

        @Override
        public String name() {
            return "ftp";
        }

        @Override
        public String summary() {
            return "AdamW with Fast Trainable Projection (NeurIPS 2023)";
        }

        @Override
        public List<OptionSpec> options() {
            return OptionSpec.join(
                    List.of(
                            OptionSpec.number("k", 1, "factor of what shrinks the radius, 0 to 1"),
                            OptionSpec.number("weight-decay", 0, "of AdamW, multiplied by the rate")),
                    AdamMoments.options());
        }

        @Override
        public UpdateRule create(Options options) {
            return new Ftp(new AdamW(AdamMoments.from(options), options.number("weight-decay")), options.number("k"));
        }
    }
}

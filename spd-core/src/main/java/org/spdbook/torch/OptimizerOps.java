package org.spdbook.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What optimizers do to many tensors at once, by the archive of {@link Ops}; not for recorded code. All lists of a call
 * name the tensors in one order, and those of a call are on one device; results belong to the manager of the first tensor and to
 * the current {@link Scope}.
 */
public final class OptimizerOps {

    private OptimizerOps() {}

    /** {@code x += share (y - x)} in place, for each of some arrays; grad mode must be off. share: in [0, 1]. */
    public static void moveTo(NDList x, NDList y, double share) {
        Ops.SCRIPT.run("move_to_", x, y, share);
    }

    /**
     * Scales gradients in place so that their common L2 norm is at most {@code limit}.
     *
     * @return the norm before, one element
     */
    public static NDArray clipNorm(NDList gradients, double limit) {
        return Ops.SCRIPT.tensor(gradients.head().getManager(), "clip_norm_", gradients, limit);
    }

    /**
     * One fused Adam or AdamW step in place on many tensors; grad mode must be off.
     *
     * @param moments first, second and (AMSGrad) largest second moments, updated
     * @param decay weight decay of AdamW, multiplied by lr; 0 for Adam
     */
    public static void adam(NDList p, NDList g, Moments moments, AdamNumbers numbers, double decay) {
        adam("adam_", p, g, moments, numbers, decay);
    }

    /**
     * As {@link #adam} on tensors whose values, and those of their moments, are bfloat16 ones: every operation on them rounds to bfloat16, in the
     * order of PyTorch's own Adam and AdamW of one tensor after the other. The arrays are float32, and so is the gradient, which is rounded
     * first.
     */
    public static void adamBf16(NDList p, NDList g, Moments moments, AdamNumbers numbers, double decay) {
        adam("adam_bf16_", p, g, moments, numbers, decay);
    }

    /** Adds {@code strength * (p - anchor)} to the gradients in place; an empty anchor list stands for zero. */
    public static void addPenaltyGradient(NDList p, NDList g, NDList anchor, double strength) {
        Ops.SCRIPT.run("l2sp_gradient", p, g, anchor, strength);
    }

    /** Copies of {@code p - anchor}; an empty anchor list stands for zero. The caller's scope owns them. */
    public static NDList displacements(NDList p, NDList anchor) {
        return Ops.SCRIPT.tensors(p.head().getManager(), "displacements", p, anchor);
    }

    /** {@code p -= amount * displacement} in place. */
    public static void pull(NDList p, NDList displacement, double amount) {
        Ops.SCRIPT.run("pull_", p, displacement, amount);
    }

    /**
     * One Adam step with Selective Projection Decay in place on many tensors, without reading anything back; grad mode
     * must be off.
     *
     * @param anchor pre-trained values, or empty for zero
     * @param memory accumulated conditions, one element per tensor, updated; or empty for the instantaneous condition
     * @return [n, 3] float32: condition, fired (0 or 1), ratio applied
     */
    public static NDArray adamSpd(
            NDList p, NDList g, Moments moments, NDList anchor, NDList memory, AdamNumbers numbers, SpdNumbers spd) {
        return adamSpd("adam_spd_", p, g, moments, anchor, memory, numbers, spd, spd.rowNorm());
    }

    /**
     * As {@link #adamSpd} on tensors of bfloat16 values, as {@link #adamBf16}, in the order of the authors' {@code adamSPD.py}; sums and norms are
     * rounded to bfloat16 once they are complete. The row norm is not known here.
     */
    public static NDArray adamSpdBf16(
            NDList p, NDList g, Moments moments, NDList anchor, NDList memory, AdamNumbers numbers, SpdNumbers spd) {
        return adamSpd("adam_spd_bf16_", p, g, moments, anchor, memory, numbers, spd);
    }

    private static void adam(String method, NDList p, NDList g, Moments moments, AdamNumbers numbers, double decay) {
        Ops.SCRIPT.run(
                method,
                p,
                g,
                moments.m(),
                moments.v(),
                moments.vmax(),
                numbers.step(),
                numbers.lr(),
                numbers.beta1(),
                numbers.beta2(),
                numbers.eps(),
                decay);
    }

    private static NDArray adamSpd(
            String method,
            NDList p,
            NDList g,
            Moments moments,
            NDList anchor,
            NDList memory,
            AdamNumbers numbers,
            SpdNumbers spd,
            Object... more) {
        List<@Nullable Object> arguments = new ArrayList<>(Arrays.asList(
                p,
                g,
                moments.m(),
                moments.v(),
                moments.vmax(),
                numbers.step(),
                anchor,
                memory,
                numbers.lr(),
                numbers.beta1(),
                numbers.beta2(),
                numbers.eps(),
                spd.strength(),
                spd.selection(),
                spd.rho(),
                spd.given()));
        arguments.addAll(List.of(more));
        return Ops.SCRIPT.tensor(p.head().getManager(), method, arguments.toArray());
    }

    /**
     * State of Adam for many tensors, in their order.
     *
     * @param vmax empty without AMSGrad
     */
    public record Moments(NDList m, NDList v, NDList vmax) {}

    /**
     * The numbers of one Adam step.
     *
     * @param step count of this step, from 1
     */
    public record AdamNumbers(long step, double lr, double beta1, double beta2, double eps) {}

    /**
     * The numbers of one decay.
     *
     * @param strength lambda
     * @param selection 0: condition below zero; 1: always once displaced; 2: condition above zero; 3: as given
     * @param rho factor of the accumulated condition; used when a memory is given
     * @param given [n], above zero where the tensor fires; for selection 3
     * @param rowNorm distances per row (sum of absolute values) in place of one L2 distance
     */
    public record SpdNumbers(
            double strength,
            int selection,
            double rho,
            @Nullable NDArray given,
            boolean rowNorm) {}
}

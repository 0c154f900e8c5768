package org.spdbook.torch;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The numbers that linear layers, convolutions and attention compute with. Micikevicius et al., <i>Mixed precision training</i>, ICLR
 * 2018, in the range-preserving bfloat16, which needs no scaling of the loss: weights are float32 and rounded inside the graph, so their
 * gradients and what an optimiser keeps are float32; normalisation, softmax over windows, losses and the sums along a model's blocks are
 * float32 too.
 *
 * <p>Which one is used is a property of the thread, as grad mode is; float32 unless it is said.
 */
public enum Precision {
    /** 24 bits of mantissa. */
    FLOAT32,
    /** bfloat16: 8 bits of mantissa, the exponents of float32. */
    BF16;

    private static final ThreadLocal<Precision> CURRENT = ThreadLocal.withInitial(() -> FLOAT32);

    /** The word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Precision::word).toList();
    }

    /** Puts the nearest of its numbers in the place of each value of a float32 array, which stays float32; grad mode must be off. */
    public void round(NDArray values) {
        if (this == BF16) {
            Ops.SCRIPT.run("round_bf16_", values);
        }
    }

    /** Runs code, forward and backward, in it. */
    public <T> T during(Supplier<T> code) {
        Precision before = CURRENT.get();
        CURRENT.set(this);
        try {
            return code.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /** Whether the thread computes in bfloat16 now. */
    public static boolean isShort() {
        return CURRENT.get() == BF16;
    }
}

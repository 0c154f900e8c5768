package org.spdbook.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gradients of a loss with respect to leaf arrays. Whether operations are recorded is a property of the thread; these
 * methods set it and put it back, so evaluation never builds a graph by accident.
 */
public final class Autograd {

    private Autograd() {}

    /** Makes an array a leaf whose gradient is collected by {@link #backward}. */
    public static void track(NDArray leaf) {
        leaf.setRequiresGradient(true);
    }

    /** Runs code with recording on; its result can be given to {@link #backward}. */
    public static <T> T recording(Supplier<T> body) {
        return withMode(true, body);
    }

    /** Runs code with recording off. */
    public static <T> T withoutRecording(Supplier<T> body) {
        return withMode(false, body);
    }

    private static <T> T withMode(boolean recording, Supplier<T> body) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(recording);
        try {
            return body.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /**
     * Adds d loss / d leaf to the gradient of every tracked leaf and frees the graph.
     *
     * @param loss one element, recorded, not of bfloat16
     */
    public static void backward(NDArray loss) {
        if (Ops.isBFloat16(loss)) {
            throw new IllegalArgumentException(
                    "backward was asked for from a loss of bfloat16, which is too coarse, and"
                            + " which DJL cannot begin from; compute the loss from Ops.full(x)");
        }
        try (NDArray one = loss.getManager().ones(loss.getShape(), loss.getDataType())) {
            JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
        }
        Recomputation.backward();
    }

    /**
     * Value of a loss and its gradients in one call: records, runs backward, and leaves the gradients in the leaves.
     *
     * @param loss makes the loss, one element
     * @return the value of the loss
     */
    public static double valueAndBackward(Supplier<NDArray> loss) {
        return Scope.compute(() -> recording(() -> {
            NDArray value = loss.get();
            backward(value);
            return value.toType(DataType.FLOAT64, false).toDoubleArray()[0];
        }));
    }

    /**
     * The gradient arrays of leaves, live: later {@link #backward} calls add to these very arrays and {@link #zero} clears
     * them. Call once after the first backward. The leaves' managers own them.
     *
     * @throws IllegalStateException if a leaf has no gradient yet
     */
    public static List<NDArray> gradients(List<NDArray> leaves) {
        List<NDArray> gradients = new ArrayList<>(leaves.size());
        for (NDArray leaf : leaves) {
            PtNDArray gradient = JniUtils.getGradient((PtNDArray) leaf);
            if (gradient == null) {
                throw new IllegalStateException("array " + leaf.getName() + " " + leaf.getShape()
                        + " has no gradient: it took no part in the loss, it is frozen, or backward has not run yet");
            }
            gradients.add(Scope.keep(gradient));
        }
        return gradients;
    }

    /** Sets gradient arrays to zero in place. */
    public static void zero(List<NDArray> gradients) {
        Ops.zero(new NDList(gradients));
    }
}

package org.spdbook.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of a model of which only the input is kept for backward, which computes the rest anew: memory for time. Chen, Xu, Zhang,
 * Guestrin, <i>Training deep nets with sublinear memory cost</i>, 2016. Gradients are those of plain training, but for the order of sums
 * where a block's output is used more than once.
 *
 * <p>Whether it is done is a property of the thread, switched by {@link #during}. The block is then computed without recording, and its
 * result is a leaf. {@link Autograd#backward} first goes back to these leaves, then from the last block to the first through each: it is
 * computed again with recording, and its gradient is handed on to what it was computed from.
 */
public final class Recomputation {

    private static final ThreadLocal<@Nullable Recomputation> CURRENT = new ThreadLocal<>();

    private final Deque<Block> blocks = new ArrayDeque<>();

    private Recomputation() {}

    /**
     * One block on its way.
     *
     * @param input a view of it, recorded
     * @param kept used by the body
     * @param output a leaf
     */
    private record Block(NDArray input, NDList kept, NDArray output, UnaryOperator<NDArray> body) {

        void close() {
            input.close();
            kept.forEach(NDArray::close);
            output.close();
        }
    }

    /** Runs code, forward and backward, in which blocks are recomputed. */
    public static <T> T during(Supplier<T> code) {
        Recomputation before = CURRENT.get();
        Recomputation own = new Recomputation();
        CURRENT.set(own);
        try {
            return code.get();
        } finally {
            own.blocks.forEach(Block::close);
            CURRENT.set(before);
        }
    }

    /** As {@link #block(NDArray, NDList, UnaryOperator)} of a body that uses nothing but the model's arrays. */
    public static NDArray block(NDArray input, UnaryOperator<NDArray> body) {
        return block(input, new NDList(), body);
    }

    /**
     * What a block makes of its input, now and, if blocks are recomputed, once more in backward.
     *
     * @param kept arrays of the current scope that the body uses, such as random numbers, which it must not draw itself: the second
     *     time it would draw others
     * @param body makes a new array, the same whenever it is called
     */
    public static NDArray block(NDArray input, NDList kept, UnaryOperator<NDArray> body) {
        Recomputation own = CURRENT.get();
        if (own == null || !JniUtils.isGradMode()) {
            return body.apply(input);
        }
        NDArray output = Autograd.withoutRecording(() -> Scope.of(() -> body.apply(input)));
        output.setRequiresGradient(true);
        kept.forEach(Scope::keep);
        own.blocks.push(new Block(Scope.keep(view(input)), kept, Scope.keep(output), body));
        return view(output);
    }

    /** The same values under a handle of its own. */
    private static NDArray view(NDArray array) {
        return array.reshape(array.getShape());
    }

    /** Goes on with a backward that has come to the outputs of the blocks. */
    static void backward() {
        Recomputation own = CURRENT.get();
        if (own == null) {
            return;
        }
        CURRENT.remove(); // a block inside a block is computed plainly the second time
        try {
            while (!own.blocks.isEmpty()) {
                Block block = own.blocks.pop();
                Scope.run(() -> backward(block));
                block.close();
            }
        } finally {
            CURRENT.set(own);
        }
    }

    private static void backward(Block block) {
        PtNDArray gradient = JniUtils.getGradient((PtNDArray) block.output);
        if (gradient == null) {
            return; // the loss does not depend on it
        }
        NDArray input = block.input.stopGradient();
        input.setRequiresGradient(true);
        NDArray output = Autograd.recording(() -> Scope.of(() -> block.body.apply(input)));
        JniUtils.backward((PtNDArray) output, gradient, false, false);
        PtNDArray before = JniUtils.getGradient((PtNDArray) input);
        if (before != null && Ops.isRecorded(block.input)) {
            JniUtils.backward((PtNDArray) block.input, before, false, false);
        }
    }
}

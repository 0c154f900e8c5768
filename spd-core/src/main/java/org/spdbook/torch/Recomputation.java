package org.spdbook.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
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
 *
 * <p>What a body decides only the first time, such as the seed of numbers that it draws, it asks of {@link #once}.
 */
public final class Recomputation {

    private static final ThreadLocal<@Nullable Recomputation> CURRENT = new ThreadLocal<>();

    private static final ThreadLocal<@Nullable Tape> TAPE = new ThreadLocal<>();

    private final Deque<Block> blocks = new ArrayDeque<>();
    private final List<NDArray> kept = new ArrayList<>();

    private Recomputation() {}

    /**
     * One block on its way.
     *
     * @param input a view of it, recorded
     * @param output a leaf
     * @param tape what was decided the first time
     */
    private record Block(NDArray input, NDArray output, Tape tape, UnaryOperator<NDArray> body) {

        void close() {
            input.close();
            output.close();
        }
    }

    /** What a body decided, in order: written the first time, read the second. */
    private static final class Tape {

        private final Deque<Long> values = new ArrayDeque<>();
        private boolean isWritten;

        long next(LongSupplier value) {
            if (!isWritten) {
                values.add(value.getAsLong());
                return values.getLast();
            }
            Long written = values.poll();
            if (written == null) {
                throw new IllegalStateException("a block asked for more decisions when it was computed again than"
                        + " the first time; its body must do the same both times");
            }
            return written;
        }

        <T> T during(Supplier<T> code) {
            Tape before = TAPE.get();
            TAPE.set(this);
            try {
                return code.get();
            } finally {
                TAPE.set(before);
            }
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
            own.close();
            CURRENT.set(before);
        }
    }

    private void close() {
        blocks.forEach(Block::close);
        blocks.clear();
        kept.forEach(NDArray::close);
        kept.clear();
    }

    /**
     * A number that is the same whenever a block is computed: made the first time, and remembered for the second. Outside of blocks, and where
     * they are not recomputed, it is just made.
     *
     * @param value such as a seed of the engine's numbers, or 1 for a switch that may be off by then
     */
    public static long once(LongSupplier value) {
        Tape tape = TAPE.get();
        return tape == null ? value.getAsLong() : tape.next(value);
    }

    /** As {@link #block(NDArray, NDList, UnaryOperator)} of a body that uses nothing but the model's arrays. */
    public static NDArray block(NDArray input, UnaryOperator<NDArray> body) {
        return block(input, new NDList(), body);
    }

    /**
     * What a block makes of its input, now and, if blocks are recomputed, once more in backward.
     *
     * @param kept arrays of the current scope that the body uses, such as random numbers or a mask; blocks may share them
     * @param body makes a new array, the same whenever it is called: see {@link #once}
     */
    public static NDArray block(NDArray input, NDList kept, UnaryOperator<NDArray> body) {
        Recomputation own = CURRENT.get();
        if (own == null || !JniUtils.isGradMode()) {
            return body.apply(input);
        }
        Tape tape = new Tape();
        NDArray output = Autograd.withoutRecording(() -> tape.during(() -> Scope.of(() -> body.apply(input))));
        output.setRequiresGradient(true);
        tape.isWritten = true;
        kept.forEach(array -> own.kept.add(Scope.keep(array)));
        own.blocks.push(new Block(Scope.keep(view(input)), Scope.keep(output), tape, body));
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
        boolean seeds = own.blocks.stream().anyMatch(block -> !block.tape.values.isEmpty());
        long after = seeds ? Ops.randomInteger() : 0;
        try {
            while (!own.blocks.isEmpty()) {
                Block block = own.blocks.pop();
                Scope.run(() -> backward(block));
                block.close();
            }
        } finally {
            own.close();
            CURRENT.set(own);
            if (seeds) {
                Torch.seed(after); // or the engine would go on with numbers that were drawn already
            }
        }
    }

    private static void backward(Block block) {
        PtNDArray gradient = JniUtils.getGradient((PtNDArray) block.output);
        if (gradient == null) {
            return; // the loss does not depend on it
        }
        NDArray input = block.input.stopGradient();
        input.setRequiresGradient(true);
        NDArray output = Autograd.recording(() -> block.tape.during(() -> Scope.of(() -> block.body.apply(input))));
        JniUtils.backward((PtNDArray) output, gradient, false, false);
        PtNDArray before = JniUtils.getGradient((PtNDArray) input);
        if (before != null && Ops.isRecorded(block.input)) {
            JniUtils.backward((PtNDArray) block.input, before, false, false);
        }
    }
}

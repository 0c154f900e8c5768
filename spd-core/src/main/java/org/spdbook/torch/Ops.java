package org.spdbook.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch operations that NDArray lacks or does in several steps, by a TorchScript archive written at first use. All of
 * them take part in autograd unless their name ends in an underscore in the script (in place). Results belong to the
 * manager of the first argument and to the current {@link Scope}.
 */
public final class Ops {

    private static final int IGNORED = -100;
    private static final NDManager OWNER = Torch.newManager();
    static final ScriptModule SCRIPT = new ScriptModule(OWNER, TorchScriptArchive.of(source()));

    private Ops() {}

    private static String source() {
        try (InputStream in = Ops.class.getResourceAsStream("ops.torchscript")) {
            if (in == null) {
                throw new IllegalStateException("ops.torchscript is missing from the jar of spd-core");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading ops.torchscript failed", e);
        }
    }

    /** Whether backward would go on from an array; DJL's own {@code hasGradient} knows of leaves only. */
    static boolean isRecorded(NDArray x) {
        return SCRIPT.flag("is_recorded", x);
    }

    /** Whether an array is bfloat16. */
    static boolean isBFloat16(NDArray x) {
        return SCRIPT.isBFloat16(x);
    }

    /** The whole of a file as one row of values of a type by its number in PyTorch, mapped on the CPU. */
    static NDArray fromFile(String path, int type, long elements) {
        return SCRIPT.tensor(OWNER, "from_file", path, elements, type);
    }

    /** Memory for values of a type by its number in PyTorch, on the CPU; what it holds is anything. */
    static NDArray empty(NDManager owner, Shape shape, int type) {
        return SCRIPT.tensor(owner, "empty", shape.getShape(), type);
    }

    /** A view of a row of values from one of them on; a copy if the owner's device is another. */
    static NDArray part(NDManager owner, NDArray row, long start, Shape shape) {
        return SCRIPT.tensor(owner, "part", row, start, shape.size(), shape.getShape(), word(owner.getDevice()));
    }

    /** A copy on a device, without gradient. */
    static NDArray copyOn(NDArray x, Device device) {
        return SCRIPT.tensor(x.getManager(), "copy_on", x, word(device));
    }

    private static String word(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    /**
     * The array, if it is bfloat16, as a type of its own, whose data type is BFLOAT16 and whose methods do not end the process; another
     * array as it is. Nothing is copied. Single results of the methods here are guarded, lists are not.
     */
    public static NDArray guarded(NDArray x) {
        return isBFloat16(x) && !(x instanceof BFloat16Array) ? SCRIPT.tensor(x.getManager(), "same", x) : x;
    }

    /**
     * {@code x w^T + b}. x: [.., in], w: [out, in], b: [out] or null; result [.., out].
     *
     * <p>With a weight of bfloat16 or float16, x is rounded to it, the sums are float32 inside and rounded to it, and the result is
     * float32; with {@link Precision#BF16} all is bfloat16, the result too. Float16 overflows above 65504.
     */
    public static NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias) {
        return SCRIPT.tensor(x.getManager(), Precision.isShort() ? "linear_bf16" : "linear", x, weight, bias);
    }

    /** {@code w + scale b a}. w: [out, in], b: [out, r], a: [r, in]; result as w. */
    public static NDArray plusProduct(NDArray w, NDArray b, NDArray a, double scale) {
        return SCRIPT.tensor(w.getManager(), "plus_product", w, b, a, scale);
    }

    /**
     * The values in float32 if they are bfloat16, as {@link Precision} makes them, or float16; else the array as it is. DJL knows of no
     * bfloat16: its own casts and factories end the process on it.
     */
    public static NDArray full(NDArray x) {
        return SCRIPT.tensor(x.getManager(), "full", x);
    }

    /** Root mean square normalisation over the last axis, in float32: {@code x / sqrt(mean(x^2) + eps) * w}. Shape of x kept. */
    public static NDArray rmsNorm(NDArray x, NDArray weight, double eps) {
        return SCRIPT.tensor(x.getManager(), "rms_norm", x, weight, eps);
    }

    /** Layer normalisation over the last axis, in float32: {@code (x - mean) / sqrt(var + eps) * w + b}. Shape of x kept. */
    public static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double eps) {
        return SCRIPT.tensor(x.getManager(), "layer_norm", x, weight, bias, eps);
    }

    /** GELU with the tanh approximation. */
    public static NDArray geluTanh(NDArray x) {
        return SCRIPT.tensor(x.getManager(), "gelu", x, "tanh");
    }

    /** GELU, exact. */
    public static NDArray gelu(NDArray x) {
        return SCRIPT.tensor(x.getManager(), "gelu", x, "none");
    }

    /** {@code x sigmoid(1.702 x)}, of each element. */
    public static NDArray quickGelu(NDArray x) {
        return SCRIPT.tensor(x.getManager(), "quick_gelu", x);
    }

    /** Rows of a table [rows, width] by ids of any shape, int64; result [.., width], float32 of a shorter table. */
    public static NDArray embedding(NDArray ids, NDArray table) {
        return embedding(ids, table, -1);
    }

    /** As {@link #embedding(NDArray, NDArray)}; the row {@code padding} gets no gradient, -1 for none. */
    public static NDArray embedding(NDArray ids, NDArray table, int padding) {
        return SCRIPT.tensor(ids.getManager(), "embedding", ids, table, padding);
    }

    /** Puts a token [width] before those of each sequence. x: [n, tokens, width]; result [n, 1 + tokens, width]. */
    public static NDArray prependToken(NDArray x, NDArray token) {
        return SCRIPT.tensor(x.getManager(), "prepend_token", x, token);
    }

    /** One token of each sequence. x: [n, tokens, width], index: [n], int64; result [n, width]. */
    public static NDArray pickRows(NDArray x, NDArray index) {
        return SCRIPT.tensor(x.getManager(), "pick_rows", x, index);
    }

    /** Convolution without padding, of types as {@link #linear}. x: [n, c, h, w], weight: [out, c, kh, kw], bias: [out] or null. */
    public static NDArray convolution(NDArray x, NDArray weight, @Nullable NDArray bias, int stride) {
        return convolution(x, weight, bias, stride, 0);
    }

    /** As {@link #convolution(NDArray, NDArray, NDArray, int)} with so many zeros on every side. */
    public static NDArray convolution(NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
        return SCRIPT.tensor(
                x.getManager(),
                Precision.isShort() ? "convolution_bf16" : "convolution",
                x,
                weight,
                bias,
                stride,
                padding);
    }

    /**
     * Batch normalisation of the channels of x: [n, c, h, w], eps 1e-5.
     *
     * @param training by the mean and variance of the batch, which then move the running ones by a tenth, in place; otherwise by the
     *     running ones
     */
    public static NDArray batchNorm(
            NDArray x, NDArray weight, NDArray bias, NDArray mean, NDArray variance, boolean training) {
        return SCRIPT.tensor(x.getManager(), "batch_norm", x, weight, bias, mean, variance, training);
    }

    /** Arrays put together along an axis; the first one's manager owns the result. */
    public static NDArray concat(List<NDArray> arrays, int axis) {
        return SCRIPT.tensor(arrays.get(0).getManager(), "concat", new NDList(arrays), axis);
    }

    /** {@code max(x, 0)}. */
    public static NDArray relu(NDArray x) {
        return SCRIPT.tensor(x.getManager(), "relu", x);
    }

    /** {@code x sigmoid(x)}, of each element. */
    public static NDArray silu(NDArray x) {
        return SCRIPT.tensor(x.getManager(), "silu", x);
    }

    /** {@code silu(x) y}, of each element. */
    public static NDArray siluProduct(NDArray x, NDArray y) {
        return SCRIPT.tensor(x.getManager(), "silu_product", x, y);
    }

    /**
     * What a low-rank adapter makes of a linear layer: {@code y + scale (x a^T) b^T}, the product in float32, the result of y's type.
     *
     * @param y of the layer, [.., out]
     * @param x [.., in]
     * @param a [rank, in], float32
     * @param b [out, rank], float32
     */
    public static NDArray lora(NDArray y, NDArray x, NDArray a, NDArray b, double scale) {
        return SCRIPT.tensor(y.getManager(), "lora", y, x, a, b, scale);
    }

    /**
     * As {@link #lora}, with x, a, b and both products rounded to bfloat16, as layers that are kept in it multiply; the gradients of a and b have
     * values of bfloat16.
     */
    public static NDArray loraBf16(NDArray y, NDArray x, NDArray a, NDArray b, double scale) {
        return SCRIPT.tensor(y.getManager(), "lora_bf16", y, x, a, b, scale);
    }

    /**
     * {@code factor x}. Where gradients are recorded, instead of {@code x.mul(factor)}: there DJL makes an array of the number, whose memory is given
     * back before backward reads it.
     */
    public static NDArray scaled(NDArray x, double factor) {
        return SCRIPT.tensor(x.getManager(), "scaled", x, factor);
    }

    /** {@code min(x, limit)}, of each element; where gradients are recorded, instead of {@code x.minimum(limit)}: see {@link #scaled}. */
    public static NDArray atMost(NDArray x, double limit) {
        return SCRIPT.tensor(x.getManager(), "at_most", x, limit);
    }

    /** A number as the type of an array has it. */
    public static double rounded(double number, NDArray like) {
        return Scope.compute(() -> (double)
                SCRIPT.tensor(like.getManager(), "rounded", like, number).toFloatArray()[0]);
    }

    /**
     * The places at which a value stands in an array of any shape, counted through all axes; a caller on a GPU waits for it.
     *
     * @param x int64
     * @return [m], int64
     */
    public static NDArray places(NDArray x, long value) {
        return SCRIPT.tensor(x.getManager(), "places", x, value);
    }

    /** Another value in the place of one. x: int64; shape kept. */
    public static NDArray replaced(NDArray x, long value, long other) {
        return SCRIPT.tensor(x.getManager(), "replaced", x, value, other);
    }

    /**
     * Other rows at some places.
     *
     * @param x [.., width]
     * @param index of the places, counted through all axes but the last, [m], int64
     * @param rows m rows of the width, in any shape
     * @return as x
     */
    public static NDArray withRows(NDArray x, NDArray index, NDArray rows) {
        return SCRIPT.tensor(x.getManager(), "with_rows", x, index, rows);
    }

    /** Some entries of the first axis, in the order of their indices. index: [m], int64; result [m, ..]. */
    public static NDArray rows(NDArray x, NDArray index) {
        return SCRIPT.tensor(x.getManager(), "rows", x, index);
    }

    /**
     * Sets values to 0 at random and scales the others up, by the engine's random numbers.
     *
     * @param share of values that are set to 0, in [0, 1)
     */
    public static NDArray dropout(NDArray x, double share) {
        return SCRIPT.tensor(x.getManager(), "dropout", x, share);
    }

    /** As {@link #dropout}, with other random numbers, and on a CPU with less memory for backward: a byte per value, not four. */
    public static NDArray dropoutByMask(NDArray x, double share) {
        return SCRIPT.tensor(x.getManager(), "dropout_by_mask", x, share);
    }

    /** A number of the engine's generator on the CPU, in [0, 2^62), from which {@link Torch#seed} can begin anew. */
    public static long randomInteger() {
        return Scope.compute(() -> SCRIPT.tensor(OWNER, "random_integer").toLongArray()[0]);
    }

    /**
     * Factors for stochastic depth, by the engine's random numbers: 0 for whole examples at random, and what scales the others up.
     * x: [n, ..]; result [n, 1 ..] with as many axes.
     *
     * @param share of examples that get 0, in [0, 1)
     */
    public static NDArray keptPaths(NDArray x, double share) {
        long[] shape = new long[x.getShape().dimension()];
        Arrays.fill(shape, 1);
        shape[0] = x.getShape().get(0);
        return SCRIPT.tensor(x.getManager(), "kept_paths", x, share).reshape(shape);
    }

    /** Bilinear interpolation to another size, corners not aligned. x: [n, c, h, w]; result [n, c, height, width]. */
    public static NDArray upsample(NDArray x, long height, long width) {
        return SCRIPT.tensor(x.getManager(), "upsample", x, height, width);
    }

    /** Adds rows and columns of zeros. x: [n, h, w, c]; result [n, h + bottom, w + right, c]. */
    public static NDArray padGrid(NDArray x, long bottom, long right) {
        return SCRIPT.tensor(x.getManager(), "pad_grid", x, bottom, right);
    }

    /** Rolls a grid back by a shift and cuts it into square windows. x: [n, h, w, c]; result [n * windows, window^2, c]. */
    public static NDArray toWindows(NDArray x, int window, int shift) {
        return SCRIPT.tensor(x.getManager(), "to_windows", x, window, shift);
    }

    /** Undoes {@link #toWindows}; result [n, height, width, c]. */
    public static NDArray fromWindows(NDArray windows, long height, long width, int window, int shift) {
        return SCRIPT.tensor(windows.getManager(), "from_windows", windows, height, width, window, shift);
    }

    /** Puts squares of 2 x 2 together, column by column. x: [n, h, w, c], h and w even; result [n, h / 2, w / 2, 4 c]. */
    public static NDArray mergePatches(NDArray x) {
        return SCRIPT.tensor(x.getManager(), "merge_patches", x);
    }

    /** {@code x / max(|x|, 1e-12)} along the last axis. */
    public static NDArray l2Normalize(NDArray x) {
        return SCRIPT.tensor(x.getManager(), "l2_normalize", x);
    }

    /**
     * Mean cross-entropy, one element.
     *
     * @param logits [n, classes]
     * @param labels [n], int64, of which -100 is left out of the mean; or shares of the classes, as the logits, each row with the sum 1
     * @param smoothing label smoothing in [0, 1)
     */
    public static NDArray crossEntropy(NDArray logits, NDArray labels, double smoothing) {
        return SCRIPT.tensor(logits.getManager(), "cross_entropy", logits, labels, IGNORED, smoothing);
    }

    /**
     * Mean cross-entropy of the tokens that follow, one element.
     *
     * @param logits [n, tokens, vocabulary]: at each token scores of the one behind it
     * @param labels [n, tokens], int64: the tokens themselves; -100 is left out of the mean
     */
    public static NDArray nextTokenCrossEntropy(NDArray logits, NDArray labels) {
        NDArray next = SCRIPT.tensor(labels.getManager(), "next_labels", labels, IGNORED);
        return crossEntropy(logits.reshape(-1, logits.getShape().get(2)), next.reshape(-1), 0);
    }

    /**
     * The tokens behind which labelled ones follow; a caller on a GPU waits for it.
     *
     * @param hidden [n, tokens, width]
     * @param labels [n, tokens], int64: the tokens themselves, or -100
     * @return hidden of those tokens, [m, width], and the labels behind them, [m]
     */
    public static NDList beforeLabels(NDArray hidden, NDArray labels) {
        return SCRIPT.tensors(hidden.getManager(), "before_labels", hidden, labels, IGNORED);
    }

    /**
     * Mean cross-entropy over places, one element.
     *
     * @param logits [n, classes, h, w]
     * @param labels [n, h, w], int64
     * @param ignored label of the places that are left out of the mean
     */
    public static NDArray denseCrossEntropy(NDArray logits, NDArray labels, int ignored) {
        return SCRIPT.tensor(logits.getManager(), "cross_entropy", logits, labels, ignored, 0.0);
    }

    /** Cuts images into square patches. x: [n, h, w, c]; result [n, (h/patch)*(w/patch), patch*patch*c], row by row. */
    public static NDArray patches(NDArray x, int patch) {
        return SCRIPT.tensor(x.getManager(), "gather_patches", x, patch);
    }

    /** Sets arrays to zero in place. */
    public static void zero(NDList arrays) {
        SCRIPT.run("zero_", arrays);
    }

    /** Copies values in place, with conversion of the dtype; shapes must be equal. */
    public static void copy(NDArray target, NDArray source) {
        SCRIPT.run("copy_", target, source);
    }
}

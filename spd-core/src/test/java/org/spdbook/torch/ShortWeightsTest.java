package org.spdbook.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers whose frozen weights have 16 bits, against those of the same values in float32. */
class ShortWeightsTest {

    private static final int IN = 48;
    private static final int OUT = 24;

    private final NDManager manager = Torch.newManager();
    private final SplittableRandom random = new SplittableRandom(3);

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    private NDArray random(long... shape) {
        float[] values = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return manager.create(values, new Shape(shape));
    }

    private NDArray rounded(NDArray values, DataType type) {
        NDArray result = Ops.empty(manager, values.getShape(), type == DataType.BFLOAT16 ? 15 : 5);
        Ops.copy(result, values);
        return result;
    }

    /** What a layer gives for x, and the gradient at x of the weighted sum of it. */
    private List<float[]> valueAndGradient(NDArray x, NDArray weights, UnaryOperator<NDArray> layer) {
        NDArray leaf = x.duplicate();
        Autograd.track(leaf);
        NDArray y = Autograd.recording(() -> layer.apply(leaf));
        assertThat(y.getDataType()).isEqualTo(DataType.FLOAT32);
        Autograd.backward(Autograd.recording(() -> y.mul(weights).sum()));
        return List.of(
                y.toFloatArray(), Autograd.gradients(List.of(leaf)).get(0).toFloatArray());
    }

    private static void assertNear(List<float[]> found, List<float[]> wanted, double share) {
        for (int k = 0; k < wanted.size(); k++) {
            double most = 0;
            for (float value : wanted.get(k)) {
                most = Math.max(most, Math.abs(value));
            }
            assertThat(found.get(k)).containsExactly(wanted.get(k), within((float) (share * most)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"BFLOAT16", "FLOAT16"})
    void should_agree_with_float32_when_a_linear_layer_has_short_weights(DataType type) {
        NDArray x = random(2, 5, IN);
        NDArray weight = rounded(random(OUT, IN), type);
        NDArray bias = rounded(random(OUT), type);
        NDArray upper = random(2, 5, OUT);
        double share = type == DataType.BFLOAT16 ? 1e-2 : 2e-3;

        List<float[]> wanted = valueAndGradient(x, upper, one -> Ops.linear(one, Ops.full(weight), Ops.full(bias)));
        List<float[]> found = valueAndGradient(x, upper, one -> Ops.linear(one, weight, bias));

        assertNear(found, wanted, share);
        assertThat(found.get(0)).as("x is rounded").isNotEqualTo(wanted.get(0));
        assertNear(
                valueAndGradient(x, upper, one -> Ops.linear(one, weight, null)),
                valueAndGradient(x, upper, one -> Ops.linear(one, Ops.full(weight), null)),
                share);
    }

    @Test
    void should_give_bfloat16_as_ever_when_the_thread_computes_in_it() {
        NDArray x = random(3, IN);
        NDArray weight = rounded(random(OUT, IN), DataType.BFLOAT16);

        NDArray y = Precision.BF16.during(() -> Ops.linear(x, weight, null));

        assertThat(y.getDataType()).isEqualTo(DataType.BFLOAT16);
        assertThat(y.toFloatArray()).isEqualTo(Ops.linear(x, weight, null).toFloatArray());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"BFLOAT16", "FLOAT16"})
    void should_compute_in_float32_when_normalisations_and_tables_are_short(DataType type) {
        NDArray x = random(3, IN);
        NDArray upper = random(3, IN);
        NDArray weight = rounded(random(IN), type);
        NDArray bias = rounded(random(IN), type);
        NDArray table = rounded(random(7, IN), type);
        NDArray ids = manager.create(new long[] {6, 0, 3}, new Shape(1, 3));

        assertNear(
                valueAndGradient(x, upper, one -> Ops.layerNorm(one, weight, bias, 1e-5)),
                valueAndGradient(x, upper, one -> Ops.layerNorm(one, Ops.full(weight), Ops.full(bias), 1e-5)),
                0);
        assertNear(
                valueAndGradient(x, upper, one -> Ops.rmsNorm(one, weight, 1e-5)),
                valueAndGradient(x, upper, one -> Ops.rmsNorm(one, Ops.full(weight), 1e-5)),
                0);
        assertThat(Ops.embedding(ids, table).getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(Ops.embedding(ids, table).toFloatArray())
                .isEqualTo(Ops.embedding(ids, Ops.full(table)).toFloatArray());
    }

    @Test
    void should_divide_by_the_root_of_the_mean_square_when_rms_norm_is_applied() {
        NDArray x = manager.create(new float[] {3, 4, 0, 0}, new Shape(2, 2));
        Supplier<NDArray> norm = () -> Ops.rmsNorm(x, manager.create(new float[] {1, 2}), .5);

        // (9 + 16) / 2 + 0.5 = 13
        assertThat(norm.get().toFloatArray())
                .containsExactly(
                        new float[] {(float) (3 / Math.sqrt(13)), (float) (8 / Math.sqrt(13)), 0, 0}, within(1e-6f));
    }
}

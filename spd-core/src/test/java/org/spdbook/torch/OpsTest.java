package org.spdbook.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpsTest {

    private final NDManager manager = Torch.newManager();

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    @Test
    void should_normalise_rows_when_layer_norm_is_applied() {
        NDArray x = manager.create(new float[] {1, 2, 3, 10, 20, 60}, new Shape(2, 3));
        NDArray y =
                Ops.layerNorm(x, manager.create(new float[] {1, 1, 2}), manager.create(new float[] {0, 1, 0}), 1e-5);

        assertThat(y.get(0).toFloatArray()).containsExactly(new float[] {-1.22474f, 1f, 2.44947f}, within(1e-4f));
        assertThat(y.getShape()).isEqualTo(new Shape(2, 3));
    }

    @Test
    void should_attend_to_equal_tokens_alike_when_queries_are_zero() {
        NDArray qkv = manager.create(new float[] {0, 0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8}, new Shape(1, 2, 6));

        assertThat(AttentionOps.selfAttention(qkv, 1).toFloatArray())
                .containsExactly(new float[] {5, 6, 5, 6}, within(1e-5f));
        assertThat(AttentionOps.selfAttention(qkv, 2).toFloatArray())
                .containsExactly(new float[] {5, 6, 5, 6}, within(1e-5f));
    }

    @Test
    void should_cut_patches_row_by_row_when_an_image_is_given() {
        NDArray image = manager.arange(16f).reshape(1, 4, 4, 1);

        assertThat(Ops.patches(image, 2).get(0).get(1).toFloatArray()).containsExactly(2, 3, 6, 7);
    }

    @Test
    void should_keep_a_factor_until_backward_when_memory_is_collected_meanwhile() {
        NDArray x = manager.ones(new Shape(100));
        Autograd.track(x);
        double loss = Autograd.valueAndBackward(() -> {
            NDArray y = x;
            for (int i = 0; i < 50; i++) {
                y = Ops.scaled(Ops.atMost(y, 2), 1);
            }
            NDArray sum = Ops.scaled(y, 3).sum();
            System.gc();
            for (int i = 0; i < 1000; i++) {
                manager.create(new float[] {7}).close(); // takes the memory that was given back
            }
            return sum;
        });

        assertThat(loss).isEqualTo(300);
        assertThat(Autograd.gradients(List.of(x)).get(0).toFloatArray()).containsOnly(3);
    }

    @Test
    void should_give_the_gradient_of_softmax_when_cross_entropy_runs_backward() {
        NDArray logits = manager.create(new float[] {0, 0}, new Shape(1, 2));
        Autograd.track(logits);
        double loss = Autograd.valueAndBackward(() -> Ops.crossEntropy(logits, manager.create(new long[] {1}), 0));

        assertThat(loss).isCloseTo(Math.log(2), within(1e-6));
        assertThat(Autograd.gradients(List.of(logits)).get(0).toFloatArray()).containsExactly(0.5f, -0.5f);
    }

    @Test
    void should_give_the_mean_over_shares_when_labels_are_soft() {
        NDArray logits = manager.create(new float[] {0, 1, 2, -1, 0, 3}, new Shape(2, 3));
        NDArray shares = manager.create(new float[] {.25f, 0, .75f, 0, 1, 0}, new Shape(2, 3));
        NDArray hard = manager.create(new long[] {1, 2});
        NDArray once = manager.create(new float[] {0, 1, 0, 0, 0, 1}, new Shape(2, 3));
        double first = Math.log(1 + Math.E + Math.exp(2));
        double second = Math.log(Math.exp(-1) + 1 + Math.exp(3));
        double sharp = (first - .75 * 2 + second) / 2;
        double smoothed = (first - (.9 * .75 * 2 + .1 / 3 * 3) + second - .1 / 3 * 2) / 2;

        assertThat(Ops.crossEntropy(logits, shares, 0).getFloat()).isCloseTo((float) sharp, within(1e-6f));
        assertThat(Ops.crossEntropy(logits, shares, .1).getFloat()).isCloseTo((float) smoothed, within(1e-6f));
        assertThat(Ops.crossEntropy(logits, once, .1).getFloat())
                .isCloseTo(Ops.crossEntropy(logits, hard, .1).getFloat(), within(1e-6f));
    }

    @Test
    void should_leave_out_whole_examples_and_keep_the_mean_when_paths_are_dropped() {
        NDArray x = manager.ones(new Shape(8000, 2, 3));
        Torch.seed(3);
        NDArray dropped = x.mul(Ops.keptPaths(x, .2));
        float[] values = dropped.toFloatArray();
        int kept = 0;
        for (int i = 0; i < values.length; i += 6) {
            for (int k = 0; k < 6; k++) {
                assertThat(values[i + k]).isEqualTo(values[i]);
            }
            assertThat(values[i]).isIn(0f, 1.25f);
            kept += values[i] == 0 ? 0 : 1;
        }

        assertThat(dropped.getShape()).isEqualTo(x.getShape());
        assertThat(kept).isBetween(6257, 6543); // four standard deviations
        Torch.seed(3);
        assertThat(x.mul(Ops.keptPaths(x, .2)).toFloatArray()).isEqualTo(values);
    }

    @Test
    void should_limit_the_common_norm_when_gradients_are_clipped() {
        NDList gradients = new NDList(manager.create(new float[] {3}), manager.create(new float[] {4}));
        NDArray norm = OptimizerOps.clipNorm(gradients, 1);

        assertThat(norm.getFloat()).isEqualTo(5f);
        assertThat(gradients.get(1).getFloat()).isCloseTo(0.8f, within(1e-6f));
    }

    @Test
    void should_free_all_but_the_result_when_a_scope_ends() {
        NDArray[] inner = new NDArray[1];
        NDArray result = Scope.of(() -> {
            inner[0] = manager.ones(new Shape(2));
            return inner[0].add(1);
        });

        assertThat(result.toFloatArray()).containsExactly(2, 2);
        assertThat(inner[0].isReleased()).isTrue();
    }

    @Test
    void should_record_in_one_thread_only_when_several_threads_work() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Float>> tasks = IntStream.range(0, 4)
                    .<Callable<Float>>mapToObj(i -> () -> gradientOfSquare(i + 1f))
                    .toList();
            List<Float> gradients = new java.util.ArrayList<>();
            for (Future<Float> future : pool.invokeAll(tasks)) {
                gradients.add(future.get());
            }
            assertThat(gradients).containsExactly(2f, 4f, 6f, 8f);
        } finally {
            pool.shutdown();
        }
    }

    private static float gradientOfSquare(float at) {
        try (NDManager own = Torch.newManager()) {
            NDArray x = own.create(new float[] {at});
            Autograd.track(x);
            for (int i = 0; i < 100; i++) {
                Autograd.valueAndBackward(() -> x.mul(x).sum().reshape(1));
            }
            return Autograd.gradients(List.of(x)).get(0).getFloat() / 100;
        }
    }

    @Test
    void should_say_what_is_there_when_a_missing_gpu_is_asked_for() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Torch.newManager(Device.gpu(99)))
                .withMessageContaining("gpu(99)")
                .withMessageContaining("spd doctor");
    }
}

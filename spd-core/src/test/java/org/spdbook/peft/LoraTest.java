package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Scope;
import org.spdbook.train.Seeds;

class LoraTest {

    private final TinyLlama tiny = new TinyLlama();

    @AfterEach
    void freed() {
        tiny.close();
    }

    private static Map<String, float[]> values(Parameters parameters) {
        Map<String, float[]> values = new LinkedHashMap<>();
        parameters.asMap().forEach((name, array) -> values.put(name, array.toFloatArray()));
        return values;
    }

    private static void same(Map<String, float[]> found, Map<String, float[]> expected) {
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, values) -> assertThat(found.get(name)).as(name).containsExactly(values));
    }

    @Test
    void should_change_nothing_when_b_is_zero() {
        float[] plain = tiny.logits();

        Lora lora = TinyLlama.lora(0).attach(tiny.parameters(), new Random(1));

        assertThat(tiny.logits()).containsExactly(plain);
        assertThat(lora.norm()).isZero();
        double bound = 1 / Math.sqrt(48);
        float[] a = lora.factors().get(0).a().toFloatArray();
        for (float value : a) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
        }
        assertThat(a).isNotEqualTo(new float[a.length]);
    }

    @Test
    void should_compute_the_same_when_merged_and_be_restored_to_the_last_bit_when_unmerged() {
        Map<String, float[]> before = values(tiny.parameters());
        float[] plain = tiny.logits();
        Lora lora = TinyLlama.stirred(TinyLlama.lora(.5).attach(tiny.parameters(), new Random(1)));
        Map<String, float[]> attached = values(tiny.parameters());
        float[] applied = tiny.logits();

        lora.merge();
        lora.merge();

        assertThat(tiny.logits()).usingComparatorWithPrecision(1e-6f).containsExactly(applied);
        assertThat(applied).isNotEqualTo(plain);
        assertThat(values(tiny.parameters())).isNotEqualTo(attached);
        lora.unmerge();
        lora.unmerge();
        same(values(tiny.parameters()), attached);
        assertThat(tiny.logits()).containsExactly(applied);
        lora.detach();
        same(values(tiny.parameters()), before);
        assertThat(tiny.logits()).containsExactly(plain);
    }

    @Test
    void should_leave_what_was_added_in_the_weights_when_merged_adapters_are_detached() {
        Lora lora = TinyLlama.stirred(TinyLlama.lora(0).attach(tiny.parameters(), new Random(1)));
        int tensors = tiny.parameters().asMap().size() - lora.names().size();
        float[] applied = tiny.logits();
        lora.merge();
        float[] merged = tiny.logits();

        lora.detach();
        lora.detach();

        assertThat(tiny.logits())
                .containsExactly(merged)
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(applied);
        assertThat(tiny.parameters().asMap()).hasSize(tensors);
        assertThat(tiny.parameters().trained()).hasSize(tensors);
        TinyLlama.stirred(TinyLlama.lora(0).attach(tiny.parameters(), new Random(1)));
        assertThat(tiny.logits()).isNotEqualTo(merged);
    }

    @Test
    void should_leave_adapters_alone_that_came_after_a_merge() {
        Lora lora = TinyLlama.stirred(TinyLlama.lora(0).attach(tiny.parameters(), new Random(1)));
        lora.merge();
        TinyLlama.stirred(new BottleneckConfig(
                        BottleneckConfig.Place.PARALLEL,
                        3,
                        BottleneckConfig.Form.TANH,
                        1,
                        AdapterConfig.targets(TinyLlama.FIVE))
                .attach(tiny.parameters(), new Random(1)));
        float[] both = tiny.logits();

        lora.detach();

        assertThat(tiny.logits()).containsExactly(both);
    }

    @Test
    void should_measure_the_norm_of_all_products() {
        Lora lora = TinyLlama.stirred(TinyLlama.lora(0).attach(tiny.parameters(), new Random(1)));
        double sum = 0;
        for (Lora.Factors own : lora.factors()) {
            float[] update = Scope.compute(() -> lora.update(own).toFloatArray());
            float[] a = own.a().toFloatArray();
            float[] b = own.b().toFloatArray();
            int in = (int) own.linear().in();
            for (int row = 0; row < own.linear().out(); row++) {
                for (int column = 0; column < in; column++) {
                    double value = 0;
                    for (int r = 0; r < 4; r++) {
                        value += 2 * b[4 * row + r] * a[in * r + column];
                    }
                    assertThat((double) update[row * in + column]).isCloseTo(value, within(1e-6));
                    sum += value * value;
                }
            }
        }
        assertThat(lora.norm()).isCloseTo(Math.sqrt(sum), within(1e-5));
    }

    @Test
    void should_give_gradients_to_the_adapters_alone() {
        Lora lora = TinyLlama.stirred(TinyLlama.lora(0).attach(tiny.parameters(), new Random(1)));

        Autograd.valueAndBackward(tiny::loss);

        TinyLlama.gradients(lora.tensors())
                .forEach((name, gradient) -> assertThat(gradient).as(name).isNotEqualTo(new float[gradient.length]));
        assertThat(tiny.parameters().trained().keySet()).containsExactlyElementsOf(lora.names());
        AttachTest.assertNoGradients(tiny.parameters());
        NDArray weight = tiny.parameters().get("model.layers.0.self_attn.q_proj.weight");
        lora.detach();
        assertThat(weight.hasGradient()).isTrue();
    }

    @Test
    void should_multiply_as_layers_of_bfloat16_when_its_numbers_are_these() {
        Lora lora = TinyLlama.stirred(TinyLlama.lora(0).in(Precision.BF16).attach(tiny.parameters(), new Random(1)));
        assertThat(lora.targets()).allMatch(target -> target.precision() == Precision.BF16 && target.fromZero());
        Lora.Factors own = lora.factors().get(0);
        try (NDManager manager = tiny.parameters().newManager()) {
            NDArray x = random(manager, own.linear().in());
            NDArray y = random(manager, own.linear().out());
            float[] product = Scope.compute(() -> {
                NDArray z = Precision.BF16.during(() -> Ops.linear(Ops.linear(x, own.a(), null), own.b(), null));
                return y.add(Ops.full(z).mul(2)).toFloatArray();
            });

            assertThat(Ops.loraBf16(y, x, own.a(), own.b(), 2).toFloatArray()).isEqualTo(product);
            assertThat(Ops.lora(y, x, own.a(), own.b(), 2).toFloatArray()).isNotEqualTo(product);
        }

        Autograd.valueAndBackward(tiny::loss);

        TinyLlama.gradients(lora.tensors()).forEach((name, gradient) -> {
            assertThat(gradient).as(name).isNotEqualTo(new float[gradient.length]);
            try (NDManager manager = tiny.parameters().newManager()) {
                NDArray rounded = manager.create(gradient);
                Precision.BF16.round(rounded);
                assertThat(rounded.toFloatArray()).as(name).isEqualTo(gradient);
            }
        });
    }

    /** [3, width]. */
    private static NDArray random(NDManager manager, long width) {
        var random = new Seeds(width).stream("random", 0, 0);
        float[] values = new float[(int) (3 * width)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(3, width));
    }
}

package org.spdbook.peft;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Precision;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.Gradients;

/** Gradients of adapters in a model whose blocks are recomputed. */
class RecomputedAdaptersTest {

    static Stream<AdapterConfig> adapters() {
        return Stream.of(
                TinyLlama.lora(.3),
                TinyLlama.lora(0),
                new PrefixConfig(5),
                new BottleneckConfig(
                        BottleneckConfig.Place.SERIES,
                        6,
                        BottleneckConfig.Form.TANH,
                        1,
                        AdapterConfig.targets(TinyLlama.FIVE)));
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void should_give_the_same_bits_when_blocks_are_recomputed(AdapterConfig config) {
        try (var tiny = new TinyLlama()) {
            Attached attached = TinyLlama.stirred(config.attach(tiny.parameters(), new Random(1)));
            NDArray attended = tiny.manager().ones(tiny.ids().getShape(), ai.djl.ndarray.types.DataType.INT64);

            for (NDArray mask : new NDArray[] {null, attended}) {
                Found plain = found(tiny, attached, mask, false);
                Found recomputed = found(tiny, attached, mask, true);

                assertThat(recomputed.loss).isEqualTo(plain.loss);
                plain.gradients.forEach((name, gradient) -> {
                    assertThat(recomputed.gradients.get(name)).as(name).containsExactly(gradient);
                    assertThat(gradient).as(name).isNotEqualTo(new float[gradient.length]);
                });
            }
        }
    }

    private record Found(double loss, Map<String, float[]> gradients) {}

    private static Found found(TinyLlama tiny, Attached attached, NDArray mask, boolean recompute) {
        Torch.seed(7);
        double loss = new Gradients(recompute, Precision.FLOAT32)
                .of(() -> tiny.llama().trainingLoss(tiny.ids(), mask, tiny.ids()));
        return new Found(loss, TinyLlama.gradients(attached.tensors()));
    }

    @Test
    void should_drop_other_values_in_the_next_loss_when_blocks_were_recomputed() {
        try (var tiny = new TinyLlama()) {
            TinyLlama.stirred(TinyLlama.lora(.3).attach(tiny.parameters(), new Random(1)));
            var recomputing = new Gradients(true, Precision.FLOAT32);
            Torch.seed(7);
            double first = recomputing.of(() -> tiny.llama().trainingLoss(tiny.ids(), null, tiny.ids()));
            long after = Ops.randomInteger();
            double second = recomputing.of(() -> tiny.llama().trainingLoss(tiny.ids(), null, tiny.ids()));
            assertThat(second).isNotEqualTo(first);

            Torch.seed(7);
            assertThat(recomputing.of(() -> tiny.llama().trainingLoss(tiny.ids(), null, tiny.ids())))
                    .isEqualTo(first);
            assertThat(Ops.randomInteger()).isEqualTo(after);
        }
    }

    @Test
    void should_drop_values_only_in_training() {
        try (var tiny = new TinyLlama()) {
            TinyLlama.stirred(TinyLlama.lora(.3).attach(tiny.parameters(), new Random(1)));

            float still = TinyLlama.values(tiny::loss)[0];
            assertThat(TinyLlama.values(tiny::loss)[0]).isEqualTo(still);
            assertThat(trained(tiny)).isNotEqualTo(still).isNotEqualTo(trained(tiny));
            assertThat(tiny.parameters().isTraining()).isFalse();
            assertThat(TinyLlama.values(tiny::loss)[0]).isEqualTo(still);
        }
    }

    private static float trained(TinyLlama tiny) {
        return Scope.compute(
                () -> tiny.llama().trainingLoss(tiny.ids(), null, tiny.ids()).toFloatArray()[0]);
    }
}

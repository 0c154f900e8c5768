package org.spdbook.peft.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamSpd;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Selection;
import org.spdbook.optim.TensorReport;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.peft.LoraConfig;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Torch;

class LoraModelTest {

    private static final LoraConfig ALL = config(".*Linear");
    private static final AdamSpd SPD =
            new AdamSpd(AdamMoments.defaults(), 1, Anchor.ZERO, Selection.INSTANT, AdamSpd.Norm.L2);
    private static final Loss LOSS = Loss.softmaxCrossEntropyLoss();

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static LoraConfig config(String regex) {
        return new LoraConfig(2, 6, 0, Pattern.compile(regex));
    }

    @Test
    void should_list_names_and_shapes_when_a_block_has_linear_layers() {
        assertThat(LoraModel.linears(Blocks.mlp(manager, DataType.FLOAT32)))
                .containsExactly(
                        new LinearLayer("01Linear", 10, 6),
                        new LinearLayer("03SequentialBlock.01Linear", 5, 10),
                        new LinearLayer("03SequentialBlock.03Linear", 3, 5));
    }

    @Test
    void should_begin_as_the_block_was_when_attached() {
        Block block = Blocks.mlp(manager, DataType.FLOAT32);
        NDArray before = plain(block);

        try (LoraModel lora = LoraModel.attach(block, ALL, 1)) {
            assertThat(output(lora)).isEqualTo(Blocks.bits(before));
            assertThat(lora.parameters().names())
                    .startsWith("01Linear.lora_A.weight", "01Linear.lora_B.weight")
                    .hasSize(6);
            float[] a = lora.parameters().get("01Linear.lora_A.weight").toFloatArray();
            assertThat(a).hasSize(12).doesNotHaveDuplicates();
            for (float value : a) {
                assertThat(Math.abs(value)).isLessThan((float) (1 / Math.sqrt(6)));
            }
        }
    }

    @Test
    void should_draw_the_same_for_a_layer_when_other_layers_are_chosen_and_another_when_the_seed_is() {
        Block block = Blocks.mlp(manager, DataType.FLOAT32);
        String name = "03SequentialBlock.03Linear.lora_A.weight";
        float[] first = drawn(block, ALL, 1, name);

        assertThat(drawn(block, config(".*03Linear"), 1, name)).containsExactly(first);
        assertThat(drawn(block, ALL, 2, name)).isNotEqualTo(first);
    }

    private static float[] drawn(Block block, LoraConfig config, long seed, String name) {
        try (LoraModel lora = LoraModel.attach(block, config, seed)) {
            return lora.parameters().get(name).toFloatArray();
        }
    }

    /** By the gradient G of the full weight W + s B A: dL/dB = s G A^T, dL/dA = s B^T G. */
    @Test
    void should_have_the_gradients_of_the_product_when_backward_has_run() {
        Block block = Blocks.mlp(manager, DataType.FLOAT64);
        String[] parameters = {
            "01Linear_weight", "03SequentialBlock_01Linear_weight", "03SequentialBlock_03Linear_weight"
        };
        String[] layers = {"01Linear", "03SequentialBlock.01Linear", "03SequentialBlock.03Linear"};
        LoraModel lora = LoraModel.attach(block, ALL, 1);
        lora.parameters().asMap().values().forEach(array -> Blocks.set(array, new SplittableRandom(array.size()), 0.5));
        Map<String, NDArray> factors = lora.parameters().copy(manager);
        double loss = lora.backward(data(0, DataType.FLOAT64), labels(0), LOSS);
        Map<String, NDArray> gradients = gradients(lora);
        lora.closeMerged();

        double same = Autograd.valueAndBackward(() ->
                LOSS.evaluate(labels(0), block.forward(store(), data(0, DataType.FLOAT64), true)));

        assertThat(loss).isCloseTo(same, within(1e-12));
        for (int i = 0; i < layers.length; i++) {
            NDArray g = block.getParameters().get(parameters[i]).getArray().getGradient();
            NDArray a = factors.get(layers[i] + ".lora_A.weight");
            NDArray b = factors.get(layers[i] + ".lora_B.weight");
            assertClose(
                    gradients.get(layers[i] + ".lora_B.weight"),
                    g.matMul(a.transpose()).mul(3));
            assertClose(
                    gradients.get(layers[i] + ".lora_A.weight"),
                    b.transpose().matMul(g).mul(3));
        }
    }

    private static void assertClose(NDArray found, NDArray wanted) {
        assertThat(found.getShape()).isEqualTo(wanted.getShape());
        assertThat(wanted.abs().max().getDouble()).isGreaterThan(1e-3);
        assertThat(found.toDoubleArray()).containsExactly(wanted.toDoubleArray(), within(1e-12));
    }

    private Map<String, NDArray> gradients(LoraModel lora) {
        Map<String, NDArray> gradients = new HashMap<>();
        lora.parameters().asMap().forEach((name, array) -> {
            NDArray gradient = array.getGradient().duplicate();
            gradient.attach(manager);
            gradients.put(name, gradient);
        });
        return gradients;
    }

    @Test
    void should_learn_and_leave_the_block_alone_when_trained() {
        Block block = Blocks.mlp(manager, DataType.FLOAT32);
        Map<String, Object> values = Blocks.values(block);
        NDArray before = plain(block);
        try (LoraModel lora = LoraModel.attach(block, ALL, 1);
                var optimizer = new BoundOptimizer(SPD, new TorchStep(), lora.targets())) {
            double first = lora.backward(data(0, DataType.FLOAT32), labels(0), LOSS);
            double last = first;
            for (int step = 0; step < 60; step++) {
                optimizer.step(0.02, tensor -> 0);
                last = lora.backward(data(0, DataType.FLOAT32), labels(0), LOSS);
            }

            assertThat(last).isLessThan(0.5 * first);
            assertThat(Blocks.values(block)).isEqualTo(values);
            assertThat(output(lora)).isNotEqualTo(Blocks.bits(before));
            assertThat(block.getParameters().values()).noneMatch(Parameter::requiresGradient);
        }
        assertThat(Blocks.bits(plain(block))).isEqualTo(Blocks.bits(before));
        assertThat(block.getParameters().values())
                .allMatch(parameter ->
                        parameter.requiresGradient() && parameter.getArray().hasGradient());
    }

    @Test
    void should_put_back_what_was_frozen_when_closed() {
        Block block = Blocks.mlp(manager, DataType.FLOAT32);
        Parameter frozen = block.getParameters().get("01Linear_bias");
        frozen.freeze(true);
        Parameter onlyRead = block.getParameters().get("01Linear_weight");
        onlyRead.getArray().setRequiresGradient(false); // as DJL leaves it when it loads parameters

        LoraModel.attach(block, ALL, 1).close();

        assertThat(frozen.requiresGradient()).isFalse();
        assertThat(onlyRead.requiresGradient()).isTrue();
        assertThat(onlyRead.getArray().hasGradient()).isFalse();
        assertThat(block.getParameters()
                        .get("03SequentialBlock_03Linear_weight")
                        .getArray()
                        .hasGradient())
                .isTrue();
    }

    @Test
    void should_leave_running_statistics_alone_when_a_normalised_block_is_trained() {
        Block block = Blocks.normalised(manager);
        Map<String, Object> values = Blocks.values(block);
        try (LoraModel lora = LoraModel.attach(block, ALL, 1)) {
            lora.backward(data(0, DataType.FLOAT32), labels(0), LOSS);

            assertThat(Blocks.values(block)).isEqualTo(values);
        }
        Autograd.valueAndBackward(() ->
                LOSS.evaluate(labels(0), block.forward(store(), data(0, DataType.FLOAT32), true)));
        assertThat(Blocks.values(block)).isNotEqualTo(values); // without LoRA they move
    }

    @Test
    void should_compute_alike_when_merged_and_be_the_same_bit_by_bit_when_unmerged() {
        Block block = Blocks.mlp(manager, DataType.FLOAT32);
        Map<String, Object> values = Blocks.values(block);
        try (LoraModel lora = trained(block)) {
            NDArray applied = lora.forward(data(1, DataType.FLOAT32), false).head();

            lora.merge();
            lora.merge();
            NDArray merged = lora.forward(data(1, DataType.FLOAT32), false).head();
            assertThat(merged.toFloatArray()).containsExactly(applied.toFloatArray(), within(1e-6f));
            assertThat(plain(block).toFloatArray()).containsExactly(merged.toFloatArray());
            assertThat(Blocks.values(block)).isNotEqualTo(values);

            lora.unmerge();
            assertThat(Blocks.values(block)).isEqualTo(values);
            assertThat(lora.forward(data(1, DataType.FLOAT32), false).head().toFloatArray())
                    .containsExactly(applied.toFloatArray());
            lora.merge();
        }
        assertThat(Blocks.values(block)).isEqualTo(values);
    }

    @Test
    void should_leave_the_product_in_the_block_when_closed_merged() {
        Block block = Blocks.mlp(manager, DataType.FLOAT32);
        LoraModel lora = trained(block);
        float[] applied = lora.forward(data(1, DataType.FLOAT32), false).head().toFloatArray();

        lora.closeMerged();
        lora.close();

        assertThat(plain(block).toFloatArray()).containsExactly(applied, within(1e-6f));
        assertThat(block.getParameters().values()).allMatch(Parameter::requiresGradient);
    }

    /** Of A and B of a layer, {@code <dL/dA, A> = <dL/dB, B>}: what Adam-SPD decides by is the same for both. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void should_decide_alike_for_both_factors_when_trained_by_adam_spd(DataType type) {
        Block block = Blocks.mlp(manager, type);
        int fired = 0;
        try (LoraModel lora = LoraModel.attach(block, ALL, 1);
                var optimizer = new BoundOptimizer(SPD, new TorchStep(), lora.targets())) {
            for (int step = 0; step < 20; step++) {
                lora.backward(data(step, type), labels(step), LOSS);
                optimizer.step(0.01, tensor -> 0);
                List<TensorReport> report = optimizer.report();
                for (int i = 0; i < report.size(); i += 2) {
                    TensorReport a = report.get(i);
                    TensorReport b = report.get(i + 1);
                    assertThat(a.condition())
                            .as("%s of step %d", optimizer.names().get(i), step)
                            .isCloseTo(b.condition(), within(1e-5 * Math.abs(b.condition())));
                    assertThat(a.selected()).isEqualTo(b.selected());
                    fired += a.selected() ? 1 : 0;
                    if (step == 0) {
                        assertThat(b.condition()).isZero();
                        assertThat(b.selected()).isFalse();
                    } else {
                        assertThat(b.condition()).isNotZero();
                    }
                }
            }
        }
        assertThat(fired).isBetween(1, 59);
    }

    @Test
    void should_reach_the_projections_when_the_block_is_a_transformer_of_djl() {
        var block = new TransformerEncoderBlock(8, 2, 16, 0f, Activation::gelu);
        block.initialize(manager, DataType.FLOAT32, new Shape(2, 4, 8));
        NDList x = new NDList(manager.arange(64f).sin().reshape(2, 4, 8));
        assertThat(LoraModel.linears(block)).hasSize(6);
        String attention = ".*Attention.*";

        try (LoraModel lora = LoraModel.attach(block, config(attention), 1)) {
            assertThat(lora.parameters().names()).hasSize(8);
            lora.parameters().asMap().values().forEach(array -> Blocks.set(array, new SplittableRandom(5), 0.5));
            Autograd.valueAndBackward(
                    () -> lora.forward(x, true).head().square().mean());
            lora.parameters()
                    .asMap()
                    .forEach((name, array) -> assertThat(
                                    array.getGradient().abs().sum().getFloat())
                            .as(name)
                            .isGreaterThan(0));
        }
    }

    private LoraModel trained(Block block) {
        LoraModel lora = LoraModel.attach(block, ALL, 1);
        try (var optimizer = new BoundOptimizer(SPD, new TorchStep(), lora.targets())) {
            for (int step = 0; step < 10; step++) {
                lora.backward(data(step, DataType.FLOAT32), labels(step), LOSS);
                optimizer.step(0.02, tensor -> 0);
            }
        }
        return lora;
    }

    private Object output(LoraModel lora) {
        return Blocks.bits(lora.forward(data(1, DataType.FLOAT32), false).head());
    }

    private NDArray plain(Block block) {
        return block.forward(store(), data(1, DataType.FLOAT32), false).head();
    }

    private ParameterStore store() {
        return new ParameterStore(manager, false);
    }

    private NDList data(int step, DataType type) {
        return new NDList(Blocks.input(manager, step, type));
    }

    private NDList labels(int step) {
        return new NDList(Blocks.labels(manager, step));
    }
}

package org.spdbook.peft.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.SymbolBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Linear;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.peft.LoraConfig;
import org.spdbook.torch.Torch;

class LoraModelMistakesTest {

    private static final LoraConfig ALL = LoraModelTest.config(".*Linear");

    private NDManager manager;
    private Block block;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
        block = Blocks.mlp(manager, DataType.FLOAT32);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_say_what_is_wrong_when_a_configuration_is() {
        Pattern any = Pattern.compile(".*");
        assertThatThrownBy(() -> new LoraConfig(0, 1, 0, any)).hasMessageContaining("got 0, 1.0 and 0.0");
        assertThatThrownBy(() -> new LoraConfig(4, 0, 0, any)).hasMessageContaining("got 4, 0.0 and 0.0");
        assertThatThrownBy(() -> new LoraConfig(4, Double.NaN, 0, any)).hasMessageContaining("got 4, NaN and 0.0");
        assertThatThrownBy(() -> new LoraConfig(4, 1, 1, any)).hasMessageContaining("got 4, 1.0 and 1.0");
        assertThatThrownBy(() -> LoraModel.attach(block, new LoraConfig(4, 1, 0.1, any), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dropout must be 0 on a block of DJL, got 0.1");
    }

    @Test
    void should_name_the_layers_when_none_matches() {
        assertThatThrownBy(() -> LoraModel.attach(block, LoraModelTest.config("q_proj"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no linear layer is called q_proj; the block has"
                        + " [01Linear, 03SequentialBlock.01Linear, 03SequentialBlock.03Linear]");
        assertThat(block.getParameters().values()).allMatch(Parameter::requiresGradient);
    }

    @Test
    void should_say_so_when_a_block_has_no_linear_layer() {
        var convolution = new SequentialBlock()
                .add(Conv1d.builder().setFilters(2).setKernelShape(new Shape(3)).build());
        convolution.initialize(manager, DataType.FLOAT32, new Shape(1, 2, 8));

        assertThatThrownBy(() -> LoraModel.attach(convolution, ALL, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the block has none; it has the parameters [01Conv1d_weight");
    }

    @Test
    void should_say_what_to_do_when_the_weights_are_inside_a_script() throws Exception {
        try (Model model = Model.newInstance("script", Device.cpu(), "PyTorch")) {
            model.load(Path.of("src/test/resources/fixtures/torch-zip"), "script");
            assertThat(model.getBlock()).isInstanceOf(SymbolBlock.class);

            assertThatThrownBy(() -> LoraModel.attach(model.getBlock(), ALL, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("inside its script")
                    .hasMessageContaining("Hugging Face files");
            assertThatThrownBy(() -> LoraModel.attach(new SequentialBlock().add(model.getBlock()), ALL, 1))
                    .hasMessageContaining("inside its script");
        }
    }

    @Test
    void should_ask_for_values_when_a_block_has_none() {
        var empty = new SequentialBlock().add(Linear.builder().setUnits(3).build());

        assertThatThrownBy(() -> LoraModel.attach(empty, ALL, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "parameter 01Linear_weight of the block has no values yet; call block.initialize");
        assertThatThrownBy(() -> LoraModel.linears(empty)).hasMessageContaining("has no values yet");
    }

    @Test
    void should_name_the_type_when_it_is_not_one_for_factors() {
        var linear = Linear.builder().setUnits(3).build();
        linear.initialize(manager, DataType.FLOAT16, new Shape(1, 4));

        assertThatThrownBy(() -> LoraModel.attach(linear, ALL, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer Linear has weights of type float16");
    }

    @Test
    void should_refuse_training_when_merged_and_all_when_closed() {
        NDList x = new NDList(Blocks.input(manager, 0, DataType.FLOAT32));
        LoraModel lora = LoraModel.attach(block, ALL, 1);
        lora.merge();
        assertThatThrownBy(() -> lora.forward(x, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call unmerge() first");
        lora.close();
        lora.close();
        assertThatThrownBy(() -> lora.forward(x, false)).hasMessageContaining("is closed; attach another");
        assertThatThrownBy(lora::merge).hasMessageContaining("is closed; attach another");
        assertThatThrownBy(lora::closeMerged).hasMessageContaining("is closed; attach another");
    }

    @Test
    void should_say_what_to_do_when_the_store_is_taken_for_one_of_djls_trainer_or_inputs_are_elsewhere() {
        try (LoraModel lora = LoraModel.attach(block, ALL, 1)) {
            var store = lora.store(manager);
            assertThatThrownBy(store::updateAllParameters).hasMessageContaining("lora.targets()");
            assertThatThrownBy(() -> store.getValue(weight(), Device.gpu(), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("parameter weight (10, 6) is on cpu(), the inputs are on gpu(0)");
        }
    }

    private Parameter weight() {
        return block.getParameters().get("01Linear_weight");
    }

    @Test
    void should_close_in_peace_when_the_block_was_freed_before() {
        NDManager passing = manager.newSubManager();
        Block other = Blocks.mlp(passing, DataType.FLOAT32);
        LoraModel lora = LoraModel.attach(other, ALL, 1);
        lora.merge();
        passing.close();

        assertThatCode(lora::close).doesNotThrowAnyException();
    }

    @Test
    void should_have_the_same_factors_when_saved_and_loaded(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("mine.safetensors");
        Map<String, NDArray> saved;
        try (LoraModel lora = LoraModel.attach(block, ALL, 1)) {
            lora.parameters()
                    .asMap()
                    .values()
                    .forEach(array -> Blocks.set(array, new SplittableRandom(array.size()), 0.5));
            saved = lora.parameters().copy(manager);
            lora.save(file);
        }
        try (LoraModel lora = LoraModel.attach(block, ALL, 2)) {
            lora.load(file);
            lora.parameters()
                    .asMap()
                    .forEach((name, array) -> assertThat(Blocks.bits(array)).isEqualTo(Blocks.bits(saved.get(name))));
        }
    }

    @Test
    void should_leave_the_factors_as_they_are_when_a_file_is_of_others(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("mine.safetensors");
        try (LoraModel lora = LoraModel.attach(block, LoraModelTest.config(".*03Linear"), 1)) {
            lora.save(file);
        }
        assertRefused(ALL, file, "choose the layers that it was made for");
        assertRefused(
                new LoraConfig(2, 4, 0, ALL.targets()), file, "alpha=4.0", "alpha=6.0", "attach LoRA with the file's");
        var other = Linear.builder().setUnits(7).build();
        other.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
        try (LoraModel lora = LoraModel.attach(other, ALL, 1)) {
            lora.save(file);
        }
        block = Linear.builder().setUnits(3).build();
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
        assertRefused(ALL, file, "factor Linear.lora_B.weight of shape [3, 2] is needed", "has [7, 2]");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    private void assertRefused(LoraConfig config, Path file, String... words) {
        try (LoraModel lora = LoraModel.attach(block, config, 5)) {
            Object before = lora.parameters().asMap().values().stream()
                    .map(Blocks::bits)
                    .toList();
            assertThatThrownBy(() -> lora.load(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(words);
            assertThat(lora.parameters().asMap().values().stream()
                            .map(Blocks::bits)
                            .toList())
                    .isEqualTo(before);
        }
    }
}

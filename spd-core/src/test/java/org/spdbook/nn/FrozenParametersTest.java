package org.spdbook.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Torch;
import org.spdbook.weights.DType;
import org.spdbook.weights.KeyMap;
import org.spdbook.weights.Safetensors;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;
import org.spdbook.weights.TensorFile;

class FrozenParametersTest {

    private static final Map<String, Shape> SHAPES =
            new Shapes().linear("first", 3, 2).add("norm.weight", 3).asMap();

    private final NDManager manager = Torch.newManager();

    @TempDir
    private Path folder;

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    /** Small whole numbers and halves, which all types hold. */
    private static TensorData data(DType dtype, long... shape) {
        int size = (int) new Shape(shape).size();
        ByteBuffer bytes = ByteBuffer.allocate(size * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            float value = i / 2f - 1;
            switch (dtype) {
                case F32 -> bytes.putFloat(value);
                case F64 -> bytes.putDouble(value);
                case BF16 -> bytes.putShort((short) (Float.floatToIntBits(value) >> 16));
                case F16 -> bytes.putShort(half(value));
                default -> throw new IllegalArgumentException("no values of type " + dtype);
            }
        }
        return new TensorData(dtype, shape, bytes.flip());
    }

    private static short half(float value) {
        int bits = Float.floatToIntBits(value);
        return value == 0
                ? 0
                : (short) (bits >> 16 & 0x8000 | (Math.getExponent(value) + 15) << 10 | bits >> 13 & 0x3FF);
    }

    private static Map<String, TensorData> tensors(DType dtype) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        SHAPES.forEach((name, shape) -> tensors.put(name, data(dtype, shape.getShape())));
        return tensors;
    }

    private Path write(Map<String, TensorData> tensors) throws IOException {
        Path file = folder.resolve("model.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }

    /** The same file with a header that is longer by some spaces, so that its tensors begin elsewhere. */
    private static void shift(Path file, int spaces) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int data = (int) (8 + header);
        ByteBuffer shifted = ByteBuffer.allocate(bytes.length + spaces).order(ByteOrder.LITTLE_ENDIAN);
        shifted.putLong(header + spaces)
                .put(bytes, 8, (int) header)
                .put(" ".repeat(spaces).getBytes(StandardCharsets.US_ASCII))
                .put(bytes, data, bytes.length - data);
        Files.write(file, shifted.array());
    }

    private void assertMappedAsRead(TensorFile file, DataType type) {
        try (Parameters read = ParameterFile.read(manager, file, SHAPES, KeyMap.hub());
                Parameters frozen = ParameterFile.readFrozen(manager, file, SHAPES, KeyMap.hub())) {
            assertThat(frozen.names()).isEqualTo(read.names());
            frozen.asMap().forEach((name, array) -> {
                assertThat(array.getDataType()).isEqualTo(type);
                assertThat(array.getName()).isEqualTo(name);
                assertThat(array.getShape()).isEqualTo(SHAPES.get(name));
                assertThat(array.toFloatArray())
                        .isEqualTo(read.get(name).toFloatArray())
                        .isEqualTo(file.floats(name));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16", "F16"})
    void should_give_the_values_in_their_own_type_when_tensors_are_mapped(DType dtype) throws IOException {
        DataType type = Map.of(DType.F32, DataType.FLOAT32, DType.BF16, DataType.BFLOAT16, DType.F16, DataType.FLOAT16)
                .get(dtype);
        Path path = write(tensors(dtype));
        for (int spaces = 0; spaces < 4; spaces++) {
            try (TensorFile file = Safetensors.open(path)) {
                assertMappedAsRead(file, type);
            }
            shift(path, 1);
        }
    }

    @Test
    void should_map_from_every_shard_when_an_index_names_them() throws IOException {
        SafetensorsWriter.write(
                folder.resolve("one"),
                Map.of("norm.weight", data(DType.BF16, 3), "first.bias", data(DType.BF16, 3)),
                Map.of());
        SafetensorsWriter.write(folder.resolve("two"), Map.of("first.weight", data(DType.BF16, 3, 2)), Map.of());
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\":{\"first.weight\":\"two\",\"first.bias\":\"one\",\"norm.weight\":\"one\"}}");
        try (TensorFile file = Safetensors.openFolder(folder)) {
            assertThat(file.part("first.weight").orElseThrow().file()).isEqualTo(folder.resolve("two"));
            assertMappedAsRead(file, DataType.BFLOAT16);
        }
    }

    @Test
    void should_read_as_float32_when_tensors_lie_otherwise_or_are_of_other_types() throws IOException {
        Map<String, TensorData> tensors = tensors(DType.BF16);
        tensors.put("first.weight", data(DType.BF16, 2, 3));
        tensors.put("norm.weight", data(DType.F64, 3));
        KeyMap map = KeyMap.of("transposed").rule("first.weight", "first.weight", KeyMap.Layout.TRANSPOSED);
        try (TensorFile file = Safetensors.open(write(tensors));
                Parameters frozen = ParameterFile.readFrozen(manager, file, SHAPES, map)) {
            assertThat(frozen.get("first.weight").toFloatArray()).containsExactly(-1, .5f, -.5f, 1, 0, 1.5f);
            assertThat(frozen.get("norm.weight").toFloatArray()).containsExactly(-1, -.5f, 0);
            assertThat(frozen.get("norm.weight").getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(frozen.get("first.bias").getDataType()).isEqualTo(DataType.BFLOAT16);
            assertThat(frozen.names()).allMatch(frozen::isFrozen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"first.weight", "norm.weight"})
    void should_name_the_tensor_when_the_shape_is_another(String name) throws IOException {
        Map<String, TensorData> tensors = tensors(DType.BF16);
        tensors.put(name, data(DType.BF16, 5));
        try (TensorFile file = Safetensors.open(write(tensors))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ParameterFile.readFrozen(manager, file, SHAPES, KeyMap.hub()))
                    .withMessageContaining("is needed for " + name + ", found [5]");
        }
    }

    @Test
    void should_outlast_the_file_when_it_is_closed() throws IOException {
        Parameters frozen;
        try (TensorFile file = Safetensors.open(write(tensors(DType.BF16)))) {
            frozen = ParameterFile.readFrozen(manager, file, SHAPES, KeyMap.hub());
        }
        Files.delete(folder.resolve("model.safetensors"));

        assertThat(frozen.get("first.bias").toFloatArray()).containsExactly(-1, -.5f, 0);
    }

    @Test
    void should_take_no_gradient_when_a_base_is_frozen_below_an_adapter() throws IOException {
        try (TensorFile file = Safetensors.open(write(tensors(DType.BF16)));
                Parameters parameters = ParameterFile.readFrozen(manager, file, SHAPES, KeyMap.hub())) {
            NDArray up = parameters.add("adapter", manager.ones(new Shape(2, 2)));
            Linear base = Linear.of(parameters, "first");
            NDArray x = manager.create(new float[] {1, 2}, new Shape(1, 2));
            // W up x: the base passes the gradient down to the adapter
            double loss = Autograd.valueAndBackward(
                    () -> base.forward(Ops.linear(x, up, null)).sum());

            assertThat(loss).isEqualTo(3 * 1.5 - 1.5);
            assertThat(parameters.trained()).containsOnlyKeys("adapter");
            assertThat(Autograd.gradients(List.of(up)).get(0).toFloatArray()).containsExactly(0, 0, 1.5f, 3);
            NDArray weight = parameters.get("first.weight");
            assertThat(weight.hasGradient()).isFalse();
            assertThatThrownBy(() -> Autograd.gradients(List.of(weight)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("array first.weight (3, 2) has no gradient")
                    .hasMessageContaining("it is frozen");
        }
    }

    @Test
    void should_freeze_some_when_they_were_trained() {
        try (var parameters = new Parameters(manager)) {
            NDArray base = parameters.add("base.weight", manager.ones(new Shape(2)));
            NDArray head = parameters.add("head.weight", manager.ones(new Shape(2)));
            parameters.freeze(name -> name.startsWith("base."));
            Autograd.valueAndBackward(() -> base.mul(head).sum());

            assertThat(parameters.isFrozen("base.weight")).isTrue();
            assertThat(parameters.isFrozen("head.weight")).isFalse();
            assertThat(base.hasGradient()).isFalse();
            assertThat(Autograd.gradients(List.of(head)).get(0).toFloatArray()).containsExactly(1, 1);
            assertThatThrownBy(() -> Autograd.gradients(List.of(base))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void should_count_all_but_copy_and_assign_the_trained_when_some_are_frozen() throws IOException {
        try (TensorFile file = Safetensors.open(write(tensors(DType.BF16)));
                Parameters parameters = ParameterFile.readFrozen(manager, file, SHAPES, KeyMap.hub())) {
            parameters.add("adapter", manager.ones(new Shape(2)));
            Map<String, NDArray> copies = parameters.copy(manager);
            copies.get("adapter").muli(5);

            assertThat(parameters.count()).isEqualTo(6 + 3 + 3 + 2);
            assertThat(copies).containsOnlyKeys("adapter");
            parameters.assign(copies);
            assertThat(parameters.get("adapter").toFloatArray()).containsExactly(5, 5);
            parameters.assign(
                    Map.of("adapter", copies.get("adapter"), "first.bias", manager.create(new float[] {1, 2, 3})));
            assertThat(parameters.get("first.bias").toFloatArray()).containsExactly(1, 2, 3);
            assertThat(file.floats("first.bias")).as("the file stays as it was").containsExactly(-1, -.5f, 0);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parameters.assign(Map.of()))
                    .withMessageContaining("weights for adapter of shape (2) are needed, found none");
        }
    }
}

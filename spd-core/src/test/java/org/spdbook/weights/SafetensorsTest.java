package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.torch.MappedFile;
import org.spdbook.torch.Torch;

class SafetensorsTest {

    @TempDir
    private Path folder;

    @Test
    void should_give_back_bytes_and_shapes_when_every_dtype_is_written() throws IOException {
        var random = new Random(1);
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        Map<String, byte[]> expected = new LinkedHashMap<>();
        long[][] shapes = {{}, {0}, {3}, {2, 3}, {2, 0, 5}, {1, 2, 3, 4}};
        for (DType dtype : DType.values()) {
            for (long[] shape : shapes) {
                int elements = 1;
                for (long extent : shape) {
                    elements *= (int) extent;
                }
                byte[] bytes = new byte[elements * dtype.bytes()];
                random.nextBytes(bytes);
                String name = dtype + " \"ü😀\\ " + shape.length + "." + elements;
                tensors.put(name, new TensorData(dtype, shape, ByteBuffer.wrap(bytes)));
                expected.put(name, bytes);
            }
        }
        Path file = folder.resolve("all.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of("z", "last", "a", "first\n\u2028"));

        try (var read = Safetensors.open(file)) {
            assertThat(read.names()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
            assertThat(read.metadata()).containsExactly(Map.entry("a", "first\n\u2028"), Map.entry("z", "last"));
            expected.forEach((name, bytes) -> {
                assertThat(read.bytes(name)).isEqualTo(bytes);
                assertThat(read.info(name).shape()).isEqualTo(tensors.get(name).shape());
                assertThat(read.info(name).dtype()).isEqualTo(tensors.get(name).dtype());
                assertThat(read.info(name).elements())
                        .isEqualTo(bytes.length / tensors.get(name).dtype().bytes());
                assertThat(read.buffer(name).isReadOnly()).isTrue();
            });
        }
    }

    @Test
    void should_write_equal_aligned_bytes_when_written_twice() throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        tensors.put("z", TensorData.of(new float[] {1, 2}, 2));
        tensors.put("a", TensorData.of(new long[] {3}, 1));
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("b", "2");
        metadata.put("a", "1");

        SafetensorsWriter.write(first, tensors, metadata);
        SafetensorsWriter.write(second, tensors, Map.of("a", "1", "b", "2"));

        byte[] bytes = Files.readAllBytes(first);
        assertThat(bytes).isEqualTo(Files.readAllBytes(second));
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
        try (var read = Safetensors.open(first)) {
            assertThat(read.names()).containsExactly("z", "a");
        }
    }

    @Test
    void should_convert_exactly_when_read_as_numbers() throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        tensors.put("f16", shorts(DType.F16, 0x3C00, 0xC000, 0x0001, 0x7BFF, 0x7C00, 0x8000, 0x7E00));
        tensors.put("bf16", shorts(DType.BF16, 0x3F80, 0xC000, 0x0001, 0x7F80, 0x8000, 0x7FC0));
        tensors.put("f64", TensorData.of(new double[] {0.1, -1e300}, 2));
        tensors.put("u8", TensorData.of(new byte[] {-1, 2}, 2));
        tensors.put("i16", shorts(DType.I16, 0xFFFF, 2));
        tensors.put("u16", shorts(DType.U16, 0xFFFF, 2));
        tensors.put("u32", ints(DType.U32, -1, 7));
        tensors.put("i32", ints(DType.I32, -1, 7));
        tensors.put("i64", TensorData.of(new long[] {Long.MIN_VALUE, 5}, 2));
        Path file = folder.resolve("numbers.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());

        try (var read = Safetensors.open(file)) {
            assertThat(read.floats("f16"))
                    .containsExactly(1f, -2f, 0x1p-24f, 65504f, Float.POSITIVE_INFINITY, -0f, Float.NaN);
            assertThat(read.floats("bf16"))
                    .containsExactly(1f, -2f, 0x1p-133f, Float.POSITIVE_INFINITY, -0f, Float.NaN);
            assertThat(read.doubles("f64")).containsExactly(0.1, -1e300);
            assertThat(read.floats("f64")).containsExactly(0.1f, Float.NEGATIVE_INFINITY);
            assertThat(read.doubles("bf16")[1]).isEqualTo(-2.0);
            assertThat(read.longs("u8")).containsExactly(255, 2);
            assertThat(read.longs("i16")).containsExactly(-1, 2);
            assertThat(read.longs("u16")).containsExactly(65535, 2);
            assertThat(read.longs("u32")).containsExactly(4294967295L, 7);
            assertThat(read.longs("i32")).containsExactly(-1, 7);
            assertThat(read.longs("i64")).containsExactly(Long.MIN_VALUE, 5);
            assertThatThrownBy(() -> read.floats("i64"))
                    .hasMessageContaining("i64")
                    .hasMessageContaining("floats");
            assertThatThrownBy(() -> read.longs("bf16")).hasMessageContaining("bf16");
            assertThatThrownBy(() -> read.floats("gone"))
                    .hasMessageContaining("gone")
                    .hasMessageContaining("f16");
        }
    }

    @Test
    void should_keep_every_bit_when_bfloat16_arrays_are_stored() throws IOException {
        int[] all = IntStream.range(0, 1 << 16).toArray();
        Path file = folder.resolve("bf16.safetensors");
        Path again = folder.resolve("again.safetensors");
        SafetensorsWriter.write(file, Map.of("all", shorts(DType.BF16, all)), Map.of());
        try (NDManager manager = Torch.newManager();
                var read = Safetensors.open(file);
                var mapped = new MappedFile(file)) {
            NDArray array = mapped.array(
                    manager, DataType.BFLOAT16, read.part("all").orElseThrow().begin(), new Shape(all.length));
            SafetensorsWriter.write(again, Map.of("all", TensorData.of(array)), Map.of());
            assertThat(again).hasSameBinaryContentAs(file);

            NDArray square = array.reshape(256, 256);
            SafetensorsWriter.write(
                    again,
                    Map.of("square", TensorData.of(square), "across", TensorData.of(square.transpose())),
                    Map.of());
            try (var written = Safetensors.open(again)) {
                assertThat(written.info("square").dtype()).isEqualTo(DType.BF16);
                assertThat(written.info("square").shape()).containsExactly(256, 256);
                assertThat(written.bytes("square")).isEqualTo(read.bytes("all"));
                assertThat(written.buffer("across").getShort(2 * 258)).isEqualTo((short) (2 * 256 + 1));
            }
        }
    }

    @Test
    void should_say_where_the_bytes_lie_when_asked_for_the_part_of_a_file() throws IOException {
        Path file = folder.resolve("parts.safetensors");
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        tensors.put("a", TensorData.of(new byte[] {1, 2, 3}, 3));
        tensors.put("b", TensorData.of(new byte[] {4, 5}, 2));
        SafetensorsWriter.write(file, tensors, Map.of());
        long size = Files.size(file);
        try (var read = Safetensors.open(file)) {
            assertThat(read.part("a")).hasValue(new FilePart(file, size - 5, size - 2));
            assertThat(read.part("b")).hasValue(new FilePart(file, size - 2, size));
            assertThatThrownBy(() -> read.part("c")).hasMessageContaining("has no tensor c");
        }
    }

    @Test
    void should_keep_type_and_values_when_arrays_are_stored_and_loaded() throws IOException {
        Path file = folder.resolve("arrays.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, TensorData> tensors = new LinkedHashMap<>();
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            NDArray base = manager.arange(6f).reshape(2, 3);
            for (DataType type : new DataType[] {
                DataType.FLOAT32,
                DataType.FLOAT64,
                DataType.FLOAT16,
                DataType.INT32,
                DataType.INT64,
                DataType.UINT8,
                DataType.INT8,
                DataType.BOOLEAN
            }) {
                arrays.put(type.name(), base.toType(type, true).transpose());
                tensors.put(type.name(), TensorData.of(arrays.get(type.name())));
            }
            tensors.put("bf16", shorts(DType.BF16, 0x3F80, 0xC000));
            SafetensorsWriter.write(file, tensors, Map.of());

            try (var read = Safetensors.open(file)) {
                Map<String, NDArray> loaded = read.loadAll(manager);
                arrays.forEach((name, array) -> {
                    assertThat(loaded.get(name).getDataType()).isEqualTo(array.getDataType());
                    assertThat(loaded.get(name).getShape()).isEqualTo(new Shape(3, 2));
                    assertThat(loaded.get(name).toByteArray()).isEqualTo(array.toByteArray());
                });
                assertThat(loaded.get("bf16").getDataType()).isEqualTo(DataType.FLOAT32);
                assertThat(loaded.get("bf16").toFloatArray()).containsExactly(1f, -2f);
            }
        }
    }

    @Test
    void should_refuse_when_data_cannot_be_stored() {
        Path file = folder.resolve("refused.safetensors");
        TensorData one = TensorData.of(new float[] {1}, 1);
        assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of("__metadata__", one), Map.of()))
                .hasMessageContaining("__metadata__");
        assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of("a\ud800", one), Map.of()))
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> TensorData.of(new float[2], 3)).hasMessageContaining("needs 12 bytes, got 8");
        assertThatThrownBy(() -> TensorData.of(new float[1], -1, -1)).hasMessageContaining("[-1, -1]");
        assertThatThrownBy(() -> TensorData.of(new float[0], 1L << 62, 4)).hasMessageContaining("bytes, got 0");
        assertThat(file).doesNotExist();
    }

    private static TensorData shorts(DType dtype, int... bits) {
        ByteBuffer data = ByteBuffer.allocate(2 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : bits) {
            data.putShort((short) value);
        }
        return new TensorData(dtype, new long[] {bits.length}, data.flip());
    }

    private static TensorData ints(DType dtype, int... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asIntBuffer().put(values);
        return new TensorData(dtype, new long[] {values.length}, data);
    }
}

package org.spdbook.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedFileTest {

    private final NDManager manager = Torch.newManager();

    @TempDir
    private Path folder;

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    private Path file(int offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(offset + 25).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(offset);
        for (int i = 1; i <= 6; i++) {
            bytes.putFloat(i);
        }
        return Files.write(folder.resolve("values"), bytes.array());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 8, 61})
    void should_give_the_values_of_the_file_when_parts_begin_anywhere(int offset) throws IOException {
        Path path = file(offset);
        try (var mapped = new MappedFile(path)) {
            NDArray floats = mapped.array(manager, DataType.FLOAT32, offset + 4, new Shape(2, 2));
            NDArray shorts = mapped.array(manager, DataType.BFLOAT16, offset + 4, new Shape(4));
            NDArray halves = mapped.array(manager, DataType.FLOAT16, offset + 4, new Shape(4));
            NDArray none = mapped.array(manager, DataType.BFLOAT16, offset, new Shape(0, 3));

            assertThat(floats.toFloatArray()).containsExactly(2, 3, 4, 5);
            assertThat(shorts.toFloatArray()).containsExactly(0, 2, 0, 3);
            assertThat(halves.toFloatArray()).containsExactly(0, 2, 0, 2.125f);
            assertThat(none.size()).isZero();
        }
    }

    @Test
    void should_leave_the_file_alone_when_an_array_is_written_after_the_mapping_was_closed() throws IOException {
        Path path = file(0);
        byte[] before = Files.readAllBytes(path);
        NDArray array;
        NDArray second;
        try (var mapped = new MappedFile(path)) {
            array = mapped.array(manager, DataType.FLOAT32, 4, new Shape(3));
            second = mapped.array(manager, DataType.FLOAT32, 8, new Shape(1));
        }
        array.addi(10);

        assertThat(array.toFloatArray()).containsExactly(12, 13, 14);
        assertThat(second.toFloatArray())
                .as("parts that overlap are one memory")
                .containsExactly(13);
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    void should_say_what_is_wrong_when_a_part_is_not_there_or_of_a_type_apart() throws IOException {
        try (var mapped = new MappedFile(file(0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> mapped.array(manager, DataType.FLOAT32, 8, new Shape(5)))
                    .withMessageContaining("shape (5) from byte 8 of ")
                    .withMessageContaining("which has 25 bytes");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> mapped.array(manager, DataType.FLOAT32, -4, new Shape(1)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> mapped.array(manager, DataType.INT64, 0, new Shape(1)))
                    .withMessageContaining("arrays of type int64 cannot be mapped");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void should_take_no_memory_of_its_own_when_300_megabytes_are_used() throws IOException {
        Path path = folder.resolve("large");
        long bytes = 300L << 20;
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(bytes); // sparse
            file.seek(bytes - 2);
            file.write(new byte[] {(byte) 0x80, 0x3F});
        }
        try (var mapped = new MappedFile(path)) {
            long before = anonymous();
            NDArray array = mapped.array(manager, DataType.BFLOAT16, 0, new Shape(bytes / 2));
            assertThat(Ops.guarded(array.max()).toFloatArray()).containsExactly(1);
            long after = anonymous();

            assertThat(after - before).isLessThan(30L << 20);
            assertThat(array.size()).isEqualTo(bytes / 2);
        }
    }

    /** Resident memory that no file stands behind, in bytes. */
    private static long anonymous() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("slow")
    void should_reach_its_end_when_a_part_is_larger_than_a_buffer() throws IOException {
        Path path = folder.resolve("huge");
        long size = (1L << 32) + 11; // sparse
        long even = size - 11;
        long odd = size - 4;
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
            for (long place : new long[] {even, odd}) {
                file.seek(place);
                file.write(new byte[] {(byte) 0x80, 0x3F});
            }
        }
        long many = (1L << 30) + 1000;
        long more = (1L << 28) + 1000; // than are copied in one go
        try (var mapped = new MappedFile(path)) {
            NDArray view = mapped.array(manager, DataType.BFLOAT16, even + 2 - 2 * many, new Shape(many));
            NDArray copy = mapped.array(manager, DataType.BFLOAT16, odd + 2 - 2 * more, new Shape(more));

            assertThat(Ops.part(manager, view, many - 2, new Shape(2)).toFloatArray())
                    .containsExactly(0, 1);
            assertThat(Ops.part(manager, copy, more - 2, new Shape(2)).toFloatArray())
                    .containsExactly(0, 1);
        }
    }
}

package org.spdbook.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of files that are put on a GPU. */
@Tag("gpu")
class MappedFileGpuTest {

    @TempDir
    private Path folder;

    private Device gpu = Device.cpu();

    @BeforeEach
    void findGpu() {
        gpu = Gpu.orSkip();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void should_give_the_values_of_the_file_when_its_parts_are_on_a_gpu(int offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(offset + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(offset);
        bytes.putShort((short) 0x3F80)
                .putShort((short) 0xC000)
                .putShort((short) 0x3F00)
                .putShort((short) 0x4040);
        Path path = Files.write(folder.resolve("values"), bytes.array());
        try (NDManager manager = Torch.newManager(gpu);
                var mapped = new MappedFile(path)) {
            NDArray weight = mapped.array(manager, DataType.BFLOAT16, offset, new Shape(2, 2));
            NDArray x = manager.create(new float[] {2, 4}, new Shape(1, 2));

            assertThat(weight.getDevice()).isEqualTo(gpu);
            assertThat(weight.toFloatArray()).containsExactly(1, -2, .5f, 3);
            assertThat(weight.toDevice(Device.cpu(), false).toFloatArray()).containsExactly(1, -2, .5f, 3);
            assertThat(weight.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getShort(2))
                    .isEqualTo((short) 0xC000);
            assertThat(Ops.linear(x, weight, null).toFloatArray()).containsExactly(new float[] {-6, 13}, within(1e-6f));
        }
    }
}

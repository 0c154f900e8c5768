package org.spdbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdbook.torch.Torch;

class CheckpointTest {

    @TempDir
    private Path folder;

    private final Checkpoint checkpoint = new Checkpoint(7, 1.25, "key", "anchors");

    private Path write(NDManager manager) throws IOException {
        Path file = folder.resolve("state.safetensors");
        Map<String, NDArray> weights = Map.of("w", manager.create(new float[] {1.5f, Float.MIN_VALUE, -3}));
        checkpoint.write(file, weights, Map.of("m.w", manager.create(new float[] {0.1f, 0, 2})));
        return file;
    }

    @Test
    void should_give_the_same_arrays_when_read_again() throws IOException {
        try (NDManager manager = Torch.newManager()) {
            Checkpoint.Content content = Checkpoint.read(write(manager), manager);

            assertThat(content.checkpoint()).isEqualTo(checkpoint);
            assertThat(content.weights()).containsOnlyKeys("w");
            assertThat(content.weights().get("w").toFloatArray()).containsExactly(1.5f, Float.MIN_VALUE, -3);
            assertThat(content.state().get("m.w").toFloatArray()).containsExactly(0.1f, 0, 2);
        }
    }

    @Test
    void should_refuse_the_file_when_any_bit_is_flipped() throws IOException {
        try (NDManager manager = Torch.newManager()) {
            Path file = write(manager);
            byte[] bytes = Files.readAllBytes(file);
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                byte[] damaged = bytes.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(file, damaged);
                assertThatIOException()
                        .as("bit " + bit)
                        .isThrownBy(() -> Checkpoint.read(file, manager))
                        .withMessageContaining(file.toString());
            }
        }
    }

    @Test
    void should_refuse_the_file_when_it_is_cut_anywhere() throws IOException {
        try (NDManager manager = Torch.newManager()) {
            Path file = write(manager);
            byte[] bytes = Files.readAllBytes(file);
            for (int length = 0; length < bytes.length; length++) {
                Files.write(file, Arrays.copyOf(bytes, length));
                assertThatIOException()
                        .as("length " + length)
                        .isThrownBy(() -> Checkpoint.read(file, manager))
                        .withMessageContaining(file.toString());
            }
        }
    }

    @Test
    void should_have_another_fingerprint_when_a_value_or_a_name_differs() {
        try (NDManager manager = Torch.newManager()) {
            NDArray one = manager.create(new float[] {1});
            String fingerprint = Checkpoint.fingerprint(Map.of("a", one));

            assertThat(Checkpoint.fingerprint(Map.of("a", one.duplicate()))).isEqualTo(fingerprint);
            assertThat(Checkpoint.fingerprint(Map.of("b", one))).isNotEqualTo(fingerprint);
            assertThat(Checkpoint.fingerprint(Map.of("a", manager.create(new float[] {Math.nextUp(1f)}))))
                    .isNotEqualTo(fingerprint);
        }
    }
}

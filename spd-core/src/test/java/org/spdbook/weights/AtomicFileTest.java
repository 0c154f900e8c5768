package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void should_keep_old_file_and_leave_nothing_when_writing_fails() throws IOException {
        Path file = old();

        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[100]));
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertOldIsWhole(file);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void should_keep_old_file_when_a_tensor_cannot_be_stored() throws IOException {
        Path file = old();
        var bad = Map.of("__metadata__", TensorData.of(new float[] {2}, 1));

        assertThatThrownBy(() -> SafetensorsWriter.write(file, bad, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);

        assertOldIsWhole(file);
    }

    @Test
    void should_keep_old_file_when_the_process_is_killed_while_writing() throws Exception {
        Path file = old();
        Process writer = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfWriter.class.getName(),
                        file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(writer.inputReader().readLine()).isEqualTo("half");
        } finally {
            writer.destroyForcibly().waitFor();
        }

        assertOldIsWhole(file);
        SafetensorsWriter.write(file, Map.of("new", TensorData.of(new float[] {2}, 1)), Map.of());
        try (var read = Safetensors.open(file)) {
            assertThat(read.names()).containsExactly("new");
        }
    }

    private Path old() throws IOException {
        Path file = folder.resolve("model.safetensors");
        SafetensorsWriter.write(file, Map.of("old", TensorData.of(new float[] {1}, 1)), Map.of());
        return file;
    }

    private static void assertOldIsWhole(Path file) throws IOException {
        try (var read = Safetensors.open(file)) {
            assertThat(read.floats("old")).containsExactly(1);
        }
    }

    /** Writes half a file, says so, and waits to be killed. */
    static final class HalfWriter {
        public static void main(String[] args) throws IOException {
            AtomicFile.write(Path.of(args[0]), channel -> {
                channel.write(ByteBuffer.wrap(new byte[4096]));
                channel.force(true);
                System.out.println("half");
                while (System.in.read() >= 0) {
                    channel.force(false);
                }
            });
        }
    }
}

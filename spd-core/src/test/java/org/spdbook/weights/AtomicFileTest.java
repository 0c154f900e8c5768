package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
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
    void should_leave_nothing_when_the_place_is_a_folder_with_files() throws IOException {
        Path place = Files.createDirectory(folder.resolve("model.safetensors"));
        Files.writeString(place.resolve("inside"), "kept");

        assertThatThrownBy(() -> AtomicFile.write(place, new byte[10])).isInstanceOf(IOException.class);

        assertThat(place.resolve("inside")).hasContent("kept");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(place);
        }
    }

    @Test
    void should_end_in_a_sentence_when_the_root_of_a_disk_is_the_file() {
        assertThatThrownBy(() -> AtomicFile.write(folder.getRoot(), new byte[10]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("name a file");
    }

    @Test
    void should_have_the_permissions_of_any_new_file_when_written() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path plain = Files.write(folder.resolve("plain"), new byte[1]);
        Path old = Files.createFile(
                folder.resolve("old"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

        AtomicFile.write(folder.resolve("new"), new byte[1]);
        AtomicFile.write(old, new byte[1]);

        assertThat(Files.getPosixFilePermissions(folder.resolve("new")))
                .isEqualTo(Files.getPosixFilePermissions(plain))
                .contains(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
                .doesNotContain(PosixFilePermission.OWNER_EXECUTE);
        assertThat(Files.getPosixFilePermissions(old)).isEqualTo(Files.getPosixFilePermissions(plain));
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

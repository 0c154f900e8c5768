package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers made to use up the memory, read by a process that has little of it. */
class HostileHeaderTest {

    private static final int LIMIT = (int) SafetensorsHeader.MAX_LENGTH;

    @TempDir
    private Path folder;

    @Test
    void should_refuse_in_little_memory_when_headers_are_as_long_as_allowed() throws Exception {
        List<Path> files = List.of(
                hostile("zeros", "{", "\u0000", LIMIT),
                hostile("spaces", "{", " ", LIMIT),
                hostile("long-name", "{\"", "a", LIMIT / 5),
                hostile("long-shape", "{\"a\":{\"dtype\":\"U8\",\"shape\":[1", ",1", LIMIT / 5),
                hostile("many-lists", "{\"a\":[[]", ",[]", LIMIT / 5));
        Path keys = folder.resolve("many-keys");
        Files.write(keys, withLength(manyKeys(3 * StrictJson.MAX_VALUES / 2)));

        List<String> said = readWith256Megabytes(files, keys);

        assertThat(said)
                .hasSize(files.size() + 1)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("SafetensorsException safetensors file " + folder)
                        .hasSizeLessThan(1200));
        assertThat(said.get(2)).contains("holds a text of more than " + StrictJson.MAX_TEXT + " bytes");
        assertThat(said.get(3)).contains("holds more than " + StrictJson.MAX_VALUES + " values");
        assertThat(said.get(5)).contains("holds more than " + StrictJson.MAX_VALUES + " values");
    }

    @Test
    void should_refuse_when_the_header_is_longer_than_allowed() throws IOException {
        Path file = hostile("longer", "{}", " ", LIMIT + 1);

        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("header length " + (LIMIT + 1));
    }

    @Test
    void should_say_one_line_when_a_name_holds_line_breaks() throws IOException {
        Path file = folder.resolve("line");
        Files.write(file, withLength("{\"a\\nb\\u2028c\":{}}".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("tensor a?b?c does not");
    }

    /** A file whose header goes on with the same text to its end. */
    private Path hostile(String name, String start, String more, int length) throws IOException {
        Path file = folder.resolve(name);
        byte[] chunk = more.repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer begin = ByteBuffer.allocate(Long.BYTES + start.length()).order(ByteOrder.LITTLE_ENDIAN);
            AtomicFile.writeFully(
                    channel,
                    begin.putLong(length)
                            .put(start.getBytes(StandardCharsets.UTF_8))
                            .flip());
            while (channel.position() < Long.BYTES + length) {
                int count = (int) Math.min(chunk.length, Long.BYTES + length - channel.position());
                AtomicFile.writeFully(channel, ByteBuffer.wrap(chunk, 0, count));
            }
        }
        return file;
    }

    private static byte[] manyKeys(int count) {
        StringBuilder json = new StringBuilder("{\"__metadata__\":{\"\":\"\"");
        IntStream.range(0, count)
                .forEach(i -> json.append(",\"").append(Integer.toHexString(i)).append("\":\"\""));
        return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withLength(byte[] header) {
        return ByteBuffer.allocate(Long.BYTES + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static List<String> readWith256Megabytes(List<Path> files, Path last) throws Exception {
        var command = new java.util.ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName()));
        files.forEach(file -> command.add(file.toString()));
        command.add(last.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            return output.lines().toList();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Opens files and says a line about each. */
    static final class Reader {
        public static void main(String[] args) throws IOException {
            for (String arg : args) {
                try (var file = Safetensors.open(Path.of(arg))) {
                    System.out.println("read " + file.names().size());
                } catch (SafetensorsException e) {
                    System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
                }
            }
        }
    }
}

package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsFormatTest {

    private static final int SEEDS_PER_BREAK = 8;
    private static final int FLIPS = 200;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void should_name_file_and_reason_when_format_is_broken(BrokenFiles.Break kind) throws IOException {
        for (int seed = 0; seed < SEEDS_PER_BREAK; seed++) {
            Path file = folder.resolve(kind + "-" + seed + ".safetensors");
            Files.write(file, new BrokenFiles(seed).whole());
            Safetensors.open(file).close();

            Files.write(file, new BrokenFiles(seed).broken(kind));
            var error = catchThrowableOfType(
                    SafetensorsException.class, () -> Safetensors.open(file).close());

            assertThat(error).as("%s with seed %d", kind, seed).isNotNull();
            assertThat(error.getMessage())
                    .as("%s with seed %d", kind, seed)
                    .contains(file.toString())
                    .contains(kind.said())
                    .doesNotContain("\n");
        }
    }

    @Test
    void should_name_tensor_and_offset_when_size_differs() throws IOException {
        Path file = folder.resolve("size.safetensors");
        Files.write(file, withHeader("""
                        {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},\
                        "b":{"dtype":"F32","shape":[2,1],"data_offsets":[4,8]}}""", 8));

        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("tensor b at offset 4 needs 8 bytes for F32[2, 1], its offsets span 4");
    }

    @Test
    void should_say_overlap_or_hole_when_tensors_do_not_tile_the_data() throws IOException {
        Path file = folder.resolve("tiles.safetensors");
        String entry = "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[%d,%d]}}";

        Files.write(file, withHeader(entry.formatted(3, 7), 8));
        assertThatThrownBy(() -> Safetensors.open(file))
                .hasMessageContaining("tensor b begins at offset 3, where 4")
                .hasMessageContaining("overlap");
        Files.write(file, withHeader(entry.formatted(5, 9), 9));
        assertThatThrownBy(() -> Safetensors.open(file))
                .hasMessageContaining("tensor b begins at offset 5, where 4")
                .hasMessageContaining("hole");
        Files.write(file, withHeader(entry.formatted(4, 8), 9));
        assertThatThrownBy(() -> Safetensors.open(file))
                .hasMessageContaining("last tensor b ends at offset 8, its data has 9 bytes");
    }

    @Test
    void should_refuse_or_read_what_is_written_when_a_bit_flips() throws IOException {
        Path file = folder.resolve("flipped.safetensors");
        int refused = 0;
        int read = 0;
        var random = new Random(7);
        for (int i = 0; i < FLIPS; i++) {
            byte[] bytes = new BrokenFiles(i).whole();
            int headerEnd = Long.BYTES
                    + (int) ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong();
            int at = i % 2 == 0 ? random.nextInt(headerEnd) : random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            try (var tensors = Safetensors.open(file)) {
                assertThat(contents(tensors)).as("flip %d", i).isEqualTo(independentlyRead(bytes));
                read++;
            } catch (SafetensorsException e) {
                assertThat(e.getMessage()).contains(file.toString());
                refused++;
            }
        }
        assertThat(refused).isBetween(40, 180);
        assertThat(read).isEqualTo(FLIPS - refused);
    }

    private static byte[] withHeader(String header, int dataLength) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + dataLength)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private static Map<String, List<Object>> contents(Safetensors file) {
        Map<String, List<Object>> all = new HashMap<>();
        for (String name : file.names()) {
            TensorInfo info = file.info(name);
            all.put(name, entry(info.dtype().name(), info.shape(), file.bytes(name)));
        }
        all.put("__metadata__", List.of(file.metadata()));
        return all;
    }

    /** A second reader that trusts the file. */
    private static Map<String, List<Object>> independentlyRead(byte[] file) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String text = new String(file, Long.BYTES, length, StandardCharsets.UTF_8);
        Map<String, List<Object>> all = new HashMap<>();
        all.put("__metadata__", List.of(Map.of()));
        PlainJson.read(text).forEach((name, value) -> {
            if (name.equals("__metadata__")) {
                all.put(name, List.of(value));
                return;
            }
            Map<?, ?> fields = (Map<?, ?>) value;
            long[] offsets = numbers(fields.get("data_offsets"));
            int start = Long.BYTES + length;
            byte[] bytes = Arrays.copyOfRange(file, start + (int) offsets[0], start + (int) offsets[1]);
            all.put(name, entry(String.valueOf(fields.get("dtype")), numbers(fields.get("shape")), bytes));
        });
        return all;
    }

    private static long[] numbers(Object list) {
        return ((List<?>) list).stream().mapToLong(number -> (Long) number).toArray();
    }

    private static List<Object> entry(String dtype, long[] shape, byte[] bytes) {
        List<Object> entry = new ArrayList<>();
        entry.add(dtype);
        entry.add(Arrays.toString(shape));
        entry.add(Arrays.toString(bytes));
        return entry;
    }
}

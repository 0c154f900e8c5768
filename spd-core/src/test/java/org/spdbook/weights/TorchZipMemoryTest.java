package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives made to use up the memory, and large ones, read by a process that has little of it. */
class TorchZipMemoryTest {

    private static final int MANY = Pickle.MAX_VALUES + 1;

    @TempDir
    private Path folder;

    private Path pickle(String name, PickleBytes pickle) throws IOException {
        return MadeArchive.write(folder.resolve(name), pickle.stop());
    }

    private static PickleBytes begin() {
        return PickleBytes.protocol2();
    }

    @Test
    void should_refuse_in_little_memory_when_pickles_hold_as_much_as_they_may() throws Exception {
        String twoBytes = "\u0142".repeat(1 << 22);
        PickleBytes texts = begin();
        for (int i = 0; i < 7; i++) {
            texts.text(twoBytes);
        }
        List<Path> files = List.of(
                pickle("lists", begin().ops("]".repeat(MANY))),
                pickle("dictionaries", begin().ops("}".repeat(MANY))),
                pickle("entries", begin().ops("}NNs".repeat(MANY / 3 + 1))),
                pickle("tuples", begin().ops("N").ops("\u0085".repeat(MANY))),
                pickle("marks", begin().ops("(".repeat(MANY))),
                pickle("kept", begin().ops("N").ops("\u0094".repeat(MANY))),
                pickle("texts", texts.ops("NR")),
                pickle("text", begin().text("a".repeat((1 << 24) + 1))),
                manyEntries());

        List<String> said = readWith("-Xmx256m", files);

        assertThat(said)
                .hasSize(files.size())
                .allSatisfy(line -> assertThat(line)
                        .startsWith("TorchZipException torch file " + folder)
                        .hasSizeLessThan(1200));
        assertThat(said.subList(0, 5))
                .allMatch(line -> line.contains("makes more than " + Pickle.MAX_VALUES + " values"));
        assertThat(said.get(5)).contains("keeps more than " + Pickle.MAX_VALUES + " values for later");
        assertThat(said.get(6)).contains("calls something without a tuple");
        assertThat(said.get(7)).contains("text of 16777217 bytes at byte 7, at most 16777216 are read");
        assertThat(said.get(8)).contains("it has no entry data.pkl");
    }

    /** As many as fit into a directory of the largest size, short of their names' roots. */
    private Path manyEntries() throws IOException {
        Path file = folder.resolve("entries.pt");
        var archive = new MadeArchive(file, true);
        for (int i = 0; i < ZipDirectory.MAX_LENGTH / (46 + 28 + 6); i++) {
            archive.listed(Integer.toString(100_000 + i));
        }
        archive.finish();
        return file;
    }

    @Test
    @Tag("slow")
    void should_leave_the_heap_alone_when_an_archive_has_300_megabytes() throws Exception {
        int count = 10;
        int elements = 8_000_000;
        Path file = folder.resolve("large.pt");
        PickleBytes pickle = begin().ops("}");
        var archive = new MadeArchive(file, false);
        for (int i = 0; i < count; i++) {
            pickle.text("layer." + i)
                    .global("torch._utils", "_rebuild_tensor_v2")
                    .ops("(")
                    .storage(DType.F32, Integer.toString(i), elements)
                    .number(0)
                    .numbers(2000, 4000)
                    .numbers(4000, 1)
                    .rest()
                    .ops("s");
        }
        archive.entry("archive/data.pkl", pickle.stop());
        ByteBuffer data = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < elements; k++) {
                data.putFloat(4 * k, (i + 1) * (k % 5));
            }
            archive.entry("archive/data/" + i, data.rewind(), 4L * elements);
        }
        archive.finish();

        assertThat(Files.size(file)).isGreaterThan(300_000_000);
        // the sum of 0..4 over 8 million elements, times 1 + 2 + ... + 10
        assertThat(readWith("-Xmx40m", List.of(file))).containsExactly("read 10 sum 8.8E8");
    }

    @Test
    @Tag("slow")
    void should_read_beyond_4_gigabytes_when_the_archive_has_zip64_records() throws IOException {
        Path file = folder.resolve("huge.pt");
        long bytes = (1L << 32) + 1000;
        byte[] pickle = begin().ops("}")
                .text("huge")
                .global("torch._utils", "_rebuild_tensor_v2")
                .ops("(")
                .storage(DType.U8, "1", bytes)
                .number(0)
                .numbers(bytes)
                .numbers(1)
                .rest()
                .ops("s")
                .text("end")
                .global("torch._utils", "_rebuild_tensor_v2")
                .ops("(")
                .storage(DType.U8, "1", bytes)
                .number(bytes - 3)
                .numbers(3)
                .numbers(1)
                .rest()
                .ops("s")
                .text("after")
                .tensor(2, 0, new long[] {2}, new long[] {1})
                .ops("s")
                .stop();
        ByteBuffer floats = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(3)
                .putFloat(4);
        new MadeArchive(file, true)
                .entry("archive/data.pkl", pickle)
                .entry("archive/data/1", ByteBuffer.wrap(new byte[] {7, 8, 9}), bytes)
                .entry("archive/data/0", floats.rewind(), 8)
                .finish();

        try (var read = TorchZip.open(file)) {
            assertThat(read.info("after").begin()).isGreaterThan(1L << 32);
            assertThat(read.floats("after")).containsExactly(3, 4);
            assertThat(read.longs("end")).containsExactly(7, 8, 9);
            assertThat(read.info("huge").elements()).isEqualTo(bytes);
            assertThatThrownBy(() -> read.buffer("huge")).hasMessageContaining("larger than the 2 GiB of a buffer");
        }
    }

    private static List<String> readWith(String memory, List<Path> files) throws Exception {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                memory,
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName()));
        files.forEach(file -> command.add(file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            return output.lines().toList();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Opens files, adds up their numbers and says a line about each. */
    static final class Reader {
        public static void main(String[] args) throws IOException {
            for (String arg : args) {
                try (var file = TorchZip.open(Path.of(arg))) {
                    System.out.println("read " + file.names().size() + " sum "
                            + file.names().stream()
                                    .mapToDouble(name -> sum(file.buffer(name)))
                                    .sum());
                } catch (TorchZipException e) {
                    System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
                }
            }
        }

        private static double sum(ByteBuffer data) {
            double sum = 0;
            while (data.hasRemaining()) {
                sum += data.getFloat();
            }
            return sum;
        }
    }
}

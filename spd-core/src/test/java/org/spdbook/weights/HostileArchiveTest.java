package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are cut, changed or made to mislead; each must end in a sentence. */
class HostileArchiveTest {

    private static final int END = 22;
    private static final int LOCATOR64 = 20;
    private static final int END64 = 56;
    private static final int ENTRY = 46;

    @TempDir
    private Path folder;

    private void assertRefused(Path file, String sentence) {
        assertThatThrownBy(() -> TorchZip.open(file))
                .isInstanceOf(TorchZipException.class)
                .hasMessageStartingWith("torch file " + file + " cannot be read: ")
                .hasMessageContaining(sentence);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("made.pt"), bytes);
    }

    private static byte[] pickle() {
        return PickleBytes.protocol2()
                .ops("}")
                .text("a")
                .tensor(2, 0, new long[] {2}, new long[] {1})
                .ops("s")
                .stop();
    }

    private static byte[] numbers(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** The bytes of an archive with three entries. */
    private byte[] whole(boolean wide) throws IOException {
        Path file = folder.resolve("whole.pt");
        new MadeArchive(file, wide)
                .entry("archive/data.pkl", pickle())
                .entry("archive/byteorder", "little".getBytes(StandardCharsets.UTF_8))
                .entry("archive/data/0", numbers(3, 4))
                .finish();
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_read_when_sizes_and_offsets_are_plain_or_in_zip64_records(boolean wide) throws IOException {
        try (var read = TorchZip.open(file(whole(wide)))) {
            assertThat(read.floats("a")).containsExactly(3, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.pt", "checkpoint4.pt", "script.pt"})
    void should_refuse_when_an_archive_is_cut_anywhere(String name) throws IOException {
        byte[] whole = Files.readAllBytes(TorchZipTest.fixture(name));
        for (int length = 0; length < whole.length; length += 1 + length / 100) {
            assertRefused(file(Arrays.copyOf(whole, length)), length == 0 ? "it is empty" : "");
        }
        assertRefused(file(Arrays.copyOf(whole, whole.length - 1)), "no zip directory at its end: it was cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.pt", "checkpoint2.pt", "checkpoint4.pt", "swin.pth", "traced.pt"})
    void should_read_or_refuse_when_bytes_are_changed_at_random(String name) throws IOException {
        byte[] whole = Files.readAllBytes(TorchZipTest.fixture(name));
        var random = new Random(name.hashCode());
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] changed = whole.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try (var read = TorchZip.open(file(changed))) {
                for (String tensor : read.names()) {
                    assertThat((long) read.bytes(tensor).length)
                            .isEqualTo(read.info(tensor).elements()
                                    * read.info(tensor).dtype().bytes());
                }
            } catch (TorchZipException e) {
                refused++;
                assertThat(e.getMessage()).startsWith("torch file ").doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(30, 199);
    }

    @Test
    void should_refuse_when_numbers_are_big_endian() throws IOException {
        Path file = folder.resolve("big.pt");
        new MadeArchive(file, false)
                .entry("archive/data.pkl", pickle())
                .entry("archive/byteorder", "big".getBytes(StandardCharsets.UTF_8))
                .entry("archive/data/0", numbers(3, 4))
                .finish();

        assertRefused(
                file, "its entry archive/byteorder does not say little: its numbers were written by a big-endian");
        assertRefused(
                file,
                "save it again on a little-endian machine in Python: import torch; torch.save(torch.load(\"big.pt\"");
    }

    @Test
    void should_refuse_when_an_entry_is_compressed_or_missing_or_twice() throws IOException {
        Path compressed = folder.resolve("compressed.pt");
        new MadeArchive(compressed, false)
                .method(8)
                .entry("archive/data.pkl", pickle())
                .finish();
        assertRefused(
                compressed,
                "its entry archive/data.pkl is compressed or encrypted, which torch.save does not do; take");

        Path missing = folder.resolve("missing.pt");
        new MadeArchive(missing, false).entry("archive/data/0", numbers(3, 4)).finish();
        assertRefused(missing, "it has no entry archive/data.pkl");

        Path twice = folder.resolve("twice.pt");
        new MadeArchive(twice, false)
                .entry("archive/data.pkl", pickle())
                .entry("archive/data.pkl", pickle())
                .finish();
        assertRefused(twice, "its entry archive/data.pkl comes twice");
    }

    @Test
    void should_refuse_when_the_pickle_is_larger_than_those_of_models() throws IOException {
        Path file = folder.resolve("large.pt");
        new MadeArchive(file, false)
                .entry("archive/data.pkl", ByteBuffer.wrap(pickle()), TorchZip.MAX_PICKLE + 1L)
                .finish();

        assertRefused(
                file, "its pickle has " + (TorchZip.MAX_PICKLE + 1) + " bytes, more than the " + TorchZip.MAX_PICKLE);
    }

    /** A change of one field: of the record at the end, or of the directory's entry for the storage. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "end   | 10 | 2          | zip directory is said to have",
                "end   | 12 | 2147483647 | zip directory is said to have 2147483647 bytes in a file of",
                "end   | 16 | 2147483647 | zip directory is said to lie at offset 2147483647",
                "end   | 16 | 1          | zip directory is damaged near entry 1",
                "end   | 20 | 1          | no zip directory at its end",
                "entry | 0  | 0          | zip directory is damaged near entry 3",
                "entry | 8  | 1          | data/0 is compressed or encrypted",
                "entry | 20 | 7          | data/0 is compressed or encrypted",
                "entry | 28 | 65535      | ends within entry 3",
                "entry | 30 | 65535      | ends within entry 3",
                "entry | 42 | 1          | data/0 is not at offset 1, where its directory says",
                "entry | 42 | 2147483647 | data/0 is not at offset 2147483647",
                "entry | 42 | -2         | data/0 is not at offset 4294967294",
                "entry | 42 | 0          | data/0 is not at offset 0"
            })
    void should_name_what_is_wrong_when_a_field_of_the_directory_lies(
            String record, int field, int value, String sentence) throws IOException {
        byte[] bytes = whole(false);
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.length - END;
        int at = field + (record.equals("end") ? end : end - ENTRY - "archive/data/0".length());
        if (field == 0 || field == 42 || field == 16 || field == 12 || record.equals("entry") && field == 20) {
            zip.putInt(at, value);
        } else {
            zip.putShort(at, (short) value);
        }

        assertRefused(file(bytes), sentence);
    }

    @Test
    void should_name_what_is_wrong_when_an_entry_is_said_to_be_larger_than_the_file() throws IOException {
        byte[] bytes = whole(false);
        int entry = bytes.length - END - ENTRY - "archive/data/0".length();
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(entry + 20, -2)
                .putInt(entry + 24, -2);

        assertRefused(file(bytes), "the storage 0 of tensor a is said to have 8 bytes, its entry has 4294967294");
        Path file = folder.resolve("bomb.pt");
        long elements = 1L << 40;
        byte[] pickle = PickleBytes.protocol2()
                .ops("}")
                .text("a")
                .tensor(elements, 0, new long[] {elements}, new long[] {1})
                .ops("s")
                .stop();
        new MadeArchive(file, true)
                .entry("archive/data.pkl", pickle)
                .entry("archive/data/0", numbers(3, 4))
                .finish();
        byte[] bomb = Files.readAllBytes(file);
        int extra = bomb.length - END - LOCATOR64 - END64 - Long.BYTES * 3;
        ByteBuffer.wrap(bomb)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(extra, 4 * elements)
                .putLong(extra + Long.BYTES, 4 * elements);
        assertRefused(file(bomb), "its entry archive/data/0 is said to have 4398046511104 bytes from offset");
    }

    /** A change of one number of the Zip64 records at the end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-34 | -1                  | its Zip64 directory is not at offset 18446744073709551615",
                "-34 | 9223372036854775807 | its Zip64 directory is not at offset 9223372036854775807",
                "-34 | 0                   | its Zip64 directory is not at offset 0",
                "-50 | -1                  | said to lie at offset 18446744073709551615",
                "-50 | 9223372036854775807 | said to lie at offset 9223372036854775807",
                "-58 | -1                  | said to have 18446744073709551615 bytes",
                "-66 | -1                  | said to have 18446744073709551615 entries, it has 3"
            })
    void should_name_what_is_wrong_when_zip64_records_lie(int fromEnd, long value, String sentence) throws IOException {
        byte[] bytes = whole(true);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length + fromEnd, value);

        assertRefused(file(bytes), sentence);
    }
}

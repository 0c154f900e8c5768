package org.spdbook.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumTest {

    @TempDir
    private Path folder;

    @Test
    void should_be_the_published_digest_when_the_text_is_abc() throws IOException {
        String published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Path file = Files.writeString(folder.resolve("abc"), "abc");

        assertThat(Checksum.of("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(published);
        assertThat(Checksum.of(file)).isEqualTo(published);
    }

    @Test
    void should_notice_the_flip_when_any_bit_of_the_file_is_flipped() throws IOException {
        Path file = folder.resolve("model.safetensors");
        byte[] bytes = new BrokenFiles(3).whole();
        Files.write(file, bytes);
        String noted = Checksum.of(file);
        Checksum.verify(file, noted);

        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);

            assertThatIOException()
                    .as("bit %d", bit)
                    .isThrownBy(() -> Checksum.verify(file, noted))
                    .withMessageContaining(file.toString())
                    .withMessageContaining(noted);
        }
    }
}

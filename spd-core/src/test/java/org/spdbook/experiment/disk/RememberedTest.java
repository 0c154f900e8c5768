package org.spdbook.experiment.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedTest {

    @TempDir
    private Path folder;

    private int read;

    private String text(Remembered<String> remembered, Path file) throws IOException {
        return remembered.of(List.of(file), () -> {
            read++;
            return Files.readString(file);
        });
    }

    @Test
    void should_read_again_only_when_a_file_has_changed() throws IOException {
        var remembered = new Remembered<String>();
        Path file = Files.writeString(folder.resolve("a"), "one");
        Path other = Files.writeString(folder.resolve("b"), "two");

        assertThat(text(remembered, file)).isEqualTo("one");
        assertThat(text(remembered, file)).isEqualTo("one");
        assertThat(text(remembered, other)).isEqualTo("two");
        assertThat(read).isEqualTo(2);
        Files.writeString(file, "three");
        assertThat(text(remembered, file)).isEqualTo("three");
        Files.writeString(file, "THREE"); // of the same length
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(text(remembered, file)).isEqualTo("THREE");
        Files.delete(file);
        assertThatIOException().isThrownBy(() -> text(remembered, file));
    }

    @Test
    void should_take_the_same_part_in_its_order_when_a_list_is_sampled() {
        List<Integer> all = IntStream.range(0, 50).boxed().toList();

        assertThat(Sample.of(all, 10, "a"))
                .hasSize(10)
                .isSorted()
                .isEqualTo(Sample.of(all, 10, "a"))
                .isNotEqualTo(Sample.of(all, 10, "b"));
        assertThat(Sample.of(all, 0, "a")).hasSize(1);
        assertThat(Sample.of(all, 99, "a")).isEqualTo(all);
    }
}

package org.spdbook.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputBatchTest {

    private final List<String> sent = new ArrayList<>();
    private final OutputBatch batch = new OutputBatch(sent::add);

    @Test
    void should_send_one_text_when_many_small_ones_are_printed() {
        var out = new PrintStream(batch, false, StandardCharsets.UTF_8);
        for (int i = 0; i < 100; i++) {
            out.print(i % 10);
        }
        out.flush();
        assertThat(sent).isEmpty();

        batch.deliver();

        assertThat(sent).singleElement().asString().hasSize(100).startsWith("0123456789");
    }

    @Test
    void should_keep_a_character_whole_when_its_bytes_come_apart() {
        for (byte b : "a€😀".getBytes(StandardCharsets.UTF_8)) {
            batch.write(b);
            batch.deliver();
        }

        assertThat(String.join("", sent)).isEqualTo("a€😀");
        assertThat(sent).noneMatch(text -> text.contains("\ufffd"));
    }

    @Test
    void should_lose_nothing_when_text_is_longer_than_a_batch() {
        String text = "0123456789äöü".repeat(5000);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        batch.write(bytes, 0, bytes.length);
        batch.deliver();

        assertThat(String.join("", sent)).isEqualTo(text);
    }

    @Test
    void should_say_it_once_when_a_cell_prints_without_end() {
        byte[] line = "x".repeat(1000).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10_000; i++) {
            batch.write(line, 0, line.length);
        }
        batch.deliver();

        assertThat(sent).filteredOn(text -> text.contains("left out")).hasSize(1);
        assertThat(String.join("", sent)).hasSizeLessThan(2_100_000);

        batch.beginCell();
        batch.write('y');
        batch.deliver();
        assertThat(sent.get(sent.size() - 1)).isEqualTo("y");
    }
}

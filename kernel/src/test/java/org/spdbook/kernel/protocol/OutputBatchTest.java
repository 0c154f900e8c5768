package org.spdbook.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputBatchTest {

    private final List<String> sent = new ArrayList<>();
    private int begun;
    private final OutputBatch batch = new OutputBatch(sent::add, () -> begun++);

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
    void should_announce_once_when_a_piece_begins() {
        batch.write('a');
        batch.write('b');
        assertThat(begun).isEqualTo(1);

        batch.deliver();
        batch.write(0xe2); // the first byte of a longer character
        batch.deliver();
        batch.write(0x82);
        assertThat(begun).isEqualTo(3);
    }

    @Test
    void should_say_it_once_when_a_cell_prints_without_end() {
        List<String> last = new ArrayList<>();
        long[] length = {0};
        var endless = new OutputBatch(
                text -> {
                    length[0] += text.length();
                    last.add(0, text);
                    last.subList(Math.min(2, last.size()), last.size()).clear();
                },
                () -> {});
        byte[] line = "x".repeat(1000).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 101_000; i++) {
            endless.write(line, 0, line.length);
        }
        endless.deliver();

        assertThat(last).filteredOn(text -> text.contains("left out")).hasSize(1);
        assertThat(length[0]).isBetween(100_000_000L, 100_100_000L);

        endless.beginCell();
        endless.write('y');
        endless.deliver();
        assertThat(last.get(0)).isEqualTo("y");
    }
}

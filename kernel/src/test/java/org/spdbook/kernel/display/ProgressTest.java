package org.spdbook.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long MILLI = 1_000_000;

    private final FakeCell cell = new FakeCell();
    private long now;

    @BeforeEach
    void begin() {
        CurrentCell.begin(cell);
    }

    private Progress open(long total) {
        return new Progress("work", total, cell, () -> now);
    }

    private String last() {
        return cell.shown.get(cell.shown.size() - 1).plain();
    }

    @Test
    void should_be_sent_every_100_ms_and_at_the_end_when_steps_are_quick() {
        try (Progress bar = open(250)) {
            for (int i = 0; i < 250; i++) {
                now += 2 * MILLI;
                bar.advance();
            }
        }

        assertThat(cell.shown).hasSize(1 + 5 + 1);
        assertThat(cell.shown.get(0).plain()).isEqualTo("work [....................] 0/250, 0 %");
        assertThat(cell.shown.get(1).plain()).isEqualTo("work [####................] 50/250, 20 %, 500/s, 0.4 s left");
        assertThat(last()).isEqualTo("work [####################] 250/250, 100 %, 500/s, took 0.5 s");
    }

    @Test
    void should_have_a_bar_of_html_when_the_front_end_shows_that() {
        Progress bar = open(4);
        now += 200_000 * MILLI;
        bar.note("loss < 1");
        bar.advance(2);

        assertThat(cell.shown.get(1).data().get("text/html"))
                .isEqualTo(
                        "<div>work <progress value=\"2\" max=\"4\" style=\"width:14em;vertical-align:middle\"></progress>"
                                + " <code style=\"background:none;color:inherit\">2/4, 50 %, 100.0 s each, 03:20 left,"
                                + " loss &lt; 1</code></div>");
    }

    @Test
    void should_count_without_an_end_when_the_number_is_unknown() {
        Progress bar = open(Progress.UNKNOWN);
        now += 1000 * MILLI;
        bar.advance(3);

        assertThat(last()).isEqualTo("work 3, 3.0/s");
        assertThat(cell.shown.get(1).data().get("text/html")).asString().contains("<progress style=");
        bar.close();
        assertThat(last()).isEqualTo("work 3, 3.0/s, stopped after 1.0 s");
    }

    @Test
    void should_say_that_it_stopped_when_the_cell_ends_before_the_loop() {
        Iterator<Integer> loop = Progress.range(0, 10, "loop").iterator();
        loop.next();
        loop.next();
        assertThat(loop.hasNext()).isTrue();
        cell.end();

        assertThat(last()).startsWith("loop [####................] 2/10, 20 %").contains("stopped after");
    }

    @Test
    void should_go_on_when_a_thread_outlives_its_cell() {
        Progress bar = open(2);
        cell.end();
        now += 500 * MILLI;
        bar.advance();

        assertThat(last()).isEqualTo("work [##########..........] 1/2, 50 %, 2.0/s, 0.5 s left");
    }

    @Test
    void should_give_the_same_elements_when_a_loop_is_shown() {
        List<String> seen = new ArrayList<>();
        for (String item : Progress.of(List.of("a", "b", "c"), "")) {
            seen.add(item);
        }
        for (String item : Progress.of(new String[] {"d"}, "")) {
            seen.add(item);
        }
        Progress.of(new ArrayList<String>(), "").forEach(seen::add);

        assertThat(seen).containsExactly("a", "b", "c", "d");
        assertThat(last()).startsWith("[####################] 0/0, 100 %, took");
        assertThat(cell.shown.stream().filter(b -> b.plain().contains("3/3, 100 %")))
                .hasSize(1);
    }

    @Test
    void should_give_the_same_elements_in_order_when_a_stream_is_shown() {
        List<Integer> numbers = IntStream.range(0, 5000).boxed().toList();

        assertThat(Progress.of(numbers.stream(), "").toList()).isEqualTo(numbers);
        assertThat(last()).contains("5000/5000, 100 %").contains("took");
        assertThat(Progress.of(numbers.parallelStream(), "").map(n -> n).toList())
                .isEqualTo(numbers);
        assertThat(last()).contains("5000/5000, 100 %").contains("took");
        assertThat(Progress.of(numbers.stream().sorted().filter(n -> n < 3), "").toList())
                .containsExactly(0, 1, 2);
        assertThat(last()).startsWith("3").contains("took");
    }

    @Test
    void should_close_the_stream_when_the_shown_one_is_closed() {
        List<String> closed = new ArrayList<>();
        try (Stream<Integer> shown = Progress.of(Stream.of(1).onClose(() -> closed.add("yes")), "")) {
            assertThat(shown.findFirst()).contains(1);
        }

        assertThat(closed).containsExactly("yes");
    }
}

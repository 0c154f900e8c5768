package org.spdbook.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spdbook.kernel.shell.History.Entry;

class HistoryTest {

    private static final Entry FIRST = new Entry(1, 1, "int a = 1;");
    private static final Entry SECOND = new Entry(1, 2, "a + 1");
    private static final Entry THIRD = new Entry(1, 3, "%spd runs");

    private final History history = new History();

    @BeforeEach
    void runThreeCells() {
        history.add(1, "int a = 1;");
        history.add(2, "a + 1");
        history.add(3, "%spd runs");
    }

    @Test
    void should_give_the_last_cells_when_a_tail_is_asked() {
        assertThat(history.tail(2)).containsExactly(SECOND, THIRD);
        assertThat(history.tail(0)).isEmpty();
        assertThat(history.tail(9)).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    void should_leave_out_the_end_when_a_range_is_asked() {
        assertThat(history.range(0, 1, 3)).containsExactly(FIRST, SECOND);
    }

    @Test
    void should_take_only_stars_and_question_marks_as_wild_when_searched() {
        assertThat(history.search("%spd*", 5, false)).containsExactly(THIRD);
        assertThat(history.search("a ? 1", 5, false)).containsExactly(SECOND);
        assertThat(history.search("a .* 1", 5, false)).isEmpty();
    }
}

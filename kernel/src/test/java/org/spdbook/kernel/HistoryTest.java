package org.spdbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spdbook.kernel.protocol.Message;

class HistoryTest {

    private final History history = new History();

    @BeforeEach
    void runThreeCells() {
        history.add(1, "int a = 1;");
        history.add(2, "a + 1");
        history.add(3, "%spd runs");
    }

    private String ask(String content) {
        JsonObject none = new JsonObject();
        var message = new Message(List.of(), none, none, none, new Gson().fromJson(content, JsonObject.class));
        return new Gson().toJson(history.find(message).get("history"));
    }

    @Test
    void should_give_the_last_cells_when_a_tail_is_asked() {
        assertThat(ask("{'hist_access_type': 'tail', 'n': 2}")).isEqualTo("[[0,2,\"a + 1\"],[0,3,\"%spd runs\"]]");
        assertThat(ask("{'hist_access_type': 'tail', 'n': 0}")).isEqualTo("[]");
        assertThat(ask("{'hist_access_type': 'tail', 'n': 9, 'output': true}")).startsWith("[[0,1,[\"int a");
    }

    @Test
    void should_leave_out_the_end_when_a_range_is_asked() {
        assertThat(ask("{'hist_access_type': 'range', 'start': 1, 'stop': 3}"))
                .isEqualTo("[[0,1,\"int a \\u003d 1;\"],[0,2,\"a + 1\"]]");
    }

    @Test
    void should_take_only_stars_and_question_marks_as_wild_when_searched() {
        assertThat(ask("{'hist_access_type': 'search', 'pattern': '%spd*'}")).isEqualTo("[[0,3,\"%spd runs\"]]");
        assertThat(ask("{'hist_access_type': 'search', 'pattern': 'a ? 1'}")).isEqualTo("[[0,2,\"a + 1\"]]");
        assertThat(ask("{'hist_access_type': 'search', 'pattern': 'a .* 1'}")).isEqualTo("[]");
    }
}

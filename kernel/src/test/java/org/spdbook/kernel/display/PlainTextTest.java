package org.spdbook.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    private final List<String> notes = new ArrayList<>();

    private String text(Object value) {
        return PlainText.of(value, notes::add);
    }

    @Test
    void should_show_the_elements_when_an_array_or_collection_is_the_value() {
        assertThat(text(new double[] {1, 2})).isEqualTo("[1.0, 2.0]");
        assertThat(text(new int[][] {{1, 2}, {}, {3}})).isEqualTo("[[1, 2], [], [3]]");
        assertThat(text(new Object[] {null, "a", List.of(new char[] {'b'})})).isEqualTo("[null, a, [[b]]]");
        assertThat(text(new LinkedHashSet<>(List.of(2, 1)))).isEqualTo("[2, 1]");
        assertThat(text(Map.of("key", new int[] {1}))).isEqualTo("{key=[1]}");
    }

    @Test
    void should_leave_out_the_middle_when_there_are_many_elements() {
        String text = text(new byte[1_000_000]);

        assertThat(text).startsWith("[0, 0, ").contains(", ..., 0").endsWith(", 0] (1,000,000 elements)");
        assertThat(text.chars().filter(c -> c == '0')).hasSize(1000 + 6);
        assertThat(text(IntStream.range(0, 1001).boxed().toList()))
                .contains("499, ..., 501, ")
                .endsWith("1000] (1,001 elements)");
        assertThat(text(IntStream.range(0, 1000).boxed().toList())).doesNotContain("...");
    }

    @Test
    void should_leave_out_the_end_when_there_is_no_index() {
        var list = new ArrayDeque<>(IntStream.range(0, 3000).boxed().toList());
        Map<Integer, Integer> map = new HashMap<>();
        list.forEach(i -> map.put(i, i));

        assertThat(text(list)).endsWith("999, ...] (3,000 elements)");
        assertThat(text(map)).endsWith(", ...} (3,000 entries)");
    }

    @Test
    void should_stay_small_when_many_are_nested() {
        assertThat(text(new int[1000][1000]).length()).isLessThan(40_000);
        assertThat(text(Arrays.asList("x".repeat(2_000_000), "y")).length()).isLessThan(1_000_200);
    }

    @Test
    void should_end_when_a_collection_holds_itself() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        Object[] array = new Object[1];
        array[0] = Collections.singletonList(array);

        assertThat(text(self)).isEqualTo("[(this ArrayList again)]");
        assertThat(text(array)).isEqualTo("[[(this Object[] again)]]");
        assertThat(text(List.of(List.of(1), List.of(1)))).isEqualTo("[[1], [1]]");
    }

    @Test
    void should_show_the_class_with_a_note_when_to_string_fails() {
        Object failing = new Object() {
            @Override
            public String toString() {
                return List.of(this).toString();
            }
        };

        assertThat(text(List.of("a", failing)))
                .startsWith("[a, " + failing.getClass().getName() + "@");
        assertThat(notes).singleElement().asString().contains("StackOverflowError");
    }

    @Test
    void should_show_the_class_when_to_string_gives_null() {
        Object nothing = new Object() {
            @Override
            @SuppressWarnings("ToStringReturnsNull") // what a user's class may do
            public String toString() {
                return null;
            }
        };

        assertThat(text(nothing)).startsWith(nothing.getClass().getName() + "@");
    }

    @Test
    void should_cut_the_text_of_a_value_but_not_a_text() {
        String million = "é".repeat(1_500_000);
        Object talkative = new Object() {
            @Override
            public String toString() {
                return million;
            }
        };

        assertThat(text(million)).isEqualTo(million);
        assertThat(text(talkative))
                .hasSizeLessThan(1_000_100)
                .endsWith("[1,000,000 of 1,500,000 characters shown; write the rest to a file]");
    }

    @Test
    void should_use_its_own_words_when_a_collection_has_some() {
        List<Integer> named = new ArrayList<>(List.of(1)) {
            private static final long serialVersionUID = 1;

            @Override
            public String toString() {
                return "one";
            }
        };

        assertThat(text(List.of(named, new ArrayList<>(named)))).isEqualTo("[one, [1]]");
    }
}

package org.spdbook.data.commonsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.spdbook.model.generation.Prompts;

class CommonsenseEncodingTest {

    /** Id 1, then one of each word's length; a number stands for so many ids. */
    private static long[] ids(String text) {
        LongStream words = Arrays.stream(text.strip().split("\\s+"))
                .flatMapToLong(word -> word.matches("\\d+")
                        ? LongStream.range(1_000, 1_000 + Integer.parseInt(word))
                        : LongStream.of(100 + word.length()));
        return LongStream.concat(LongStream.of(CommonsenseEncoding.BOS), words).toArray();
    }

    /** Number of ids of a prompt in which nothing is asked. */
    private static final int FRAME = ids(CommonsensePrompt.question(item("", ""))).length;

    private static CommonsenseItem item(String instruction, String output) {
        return new CommonsenseItem(instruction, "", output, "true");
    }

    private static CommonsenseEncoding encoding(boolean trainsOnInputs) {
        return new CommonsenseEncoding(CommonsenseEncodingTest::ids, trainsOnInputs);
    }

    @Test
    void should_fill_up_on_the_left_to_a_multiple_of_eight_when_texts_differ_in_length() {
        CommonsenseEncoding.Batch batch = encoding(true).training(List.of(item("5", "yes"), item("1", "yes")));

        int longer = FRAME + 5 + 1 + 1; // the question, the output, the end
        int width = (longer + 7) / 8 * 8;
        assertThat(width).isGreaterThan(longer); // else there is nothing to fill up in the longer one
        for (int row = 0; row < 2; row++) {
            int length = longer - 4 * row;
            long[] text = Arrays.copyOf(ids(CommonsensePrompt.training(item(row == 0 ? "5" : "1", "yes"))), length);
            text[length - 1] = 2;
            assertThat(batch.ids()[row]).hasSize(width).endsWith(text).startsWith(new long[width - length]);
            assertThat(batch.labels()[row])
                    .hasSize(width)
                    .endsWith(text)
                    .startsWith(LongStream.generate(() -> -100)
                            .limit(width - length)
                            .toArray());
            assertThat(batch.mask()[row]).startsWith(new long[width - length]);
            assertThat(Arrays.stream(batch.mask()[row]).sum()).isEqualTo(length);
            assertThat(batch.mask()[row][width - length]).isEqualTo(1);
        }
    }

    @Test
    void should_add_nothing_when_the_longest_is_a_multiple_of_eight() {
        int more = 8 - (FRAME + 2) % 8;
        CommonsenseEncoding.Batch batch = encoding(true).training(List.of(item(String.valueOf(more), "yes")));

        assertThat(batch.ids()[0]).hasSize(FRAME + 2 + more).startsWith(1).endsWith(103, 2);
        assertThat(batch.mask()[0]).containsOnly(1);
    }

    @Test
    void should_end_a_text_only_when_there_is_room_and_no_end() {
        int room = CommonsenseEncoding.LONGEST - FRAME - 1; // of the question, beside an output of one id
        CommonsenseEncoding encoding = encoding(true);

        assertThat(encoding.training(List.of(item("" + (room - 1), "yes"))).ids()[0])
                .hasSize(256)
                .endsWith(103, 2);
        assertThat(encoding.training(List.of(item("" + room, "yes"))).ids()[0])
                .hasSize(256)
                .endsWith(103);
        long[] cut = encoding.training(List.of(item("" + (room + 40), "yes"))).ids()[0];
        assertThat(cut).hasSize(256).startsWith(1);
        assertThat(cut[255]).isNotIn(2L, 103L);

        Function<String, long[]> ending = text -> {
            long[] ids = Arrays.copyOf(ids(text), ids(text).length + 1);
            ids[ids.length - 1] = 2;
            return ids;
        };
        long[] once = new CommonsenseEncoding(ending, true)
                .training(List.of(item("3", "yes")))
                .ids()[0];
        assertThat(once).endsWith(103, 2);
    }

    @Test
    void should_count_the_output_alone_when_inputs_are_not_trained_on() {
        CommonsenseEncoding.Batch batch =
                encoding(false).training(List.of(item("4", "the answer"), item("300", "yes")));

        assertThat(batch.labels()[0]).hasSize(256).endsWith(103, 106, 2);
        assertThat(Arrays.copyOf(batch.labels()[0], 253)).containsOnly(-100);
        assertThat(batch.labels()[1]).containsOnly(-100); // cut within its question
        assertThat(batch.ids())
                .isDeepEqualTo(encoding(true)
                        .training(List.of(item("4", "the answer"), item("300", "yes")))
                        .ids());
    }

    @Test
    void should_fill_up_to_the_longest_without_an_end_when_prompts_are_to_be_gone_on_with() {
        CommonsenseEncoding encoding = encoding(true);
        Prompts prompts = Prompts.of(
                Stream.of("one two", "300", "one").map(encoding::prompt).toList(), CommonsenseEncoding.PAD);

        assertThat(prompts.ids()[0]).hasSize(301).startsWith(new long[298]).endsWith(1, 103, 103);
        assertThat(prompts.ids()[1]).isEqualTo(ids("300"));
        assertThat(prompts.ids()[2]).hasSize(301).endsWith(0, 1, 103);
        assertThat(prompts.attended()[0]).startsWith(new long[298]).endsWith(0, 1, 1, 1);
        assertThat(prompts.attended()[1]).containsOnly(1);
    }

    @Test
    void should_refuse_when_there_is_nothing_or_no_begin() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoding(true).training(List.of()))
                .withMessageContaining("at least 1 text, got none");
        var bare = new CommonsenseEncoding(text -> new long[] {7}, true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bare.prompt("a"))
                .withMessage("the tokenizer should begin every text with id 1, it began \"a\" with 7;"
                        + " take LLaMA's tokenizer.json");
        var empty = new CommonsenseEncoding(text -> new long[0], true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.training(List.of(item("a", "b"))))
                .withMessageContaining("with none");
    }
}

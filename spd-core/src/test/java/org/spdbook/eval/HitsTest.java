package org.spdbook.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitsTest {

    @Test
    void should_count_what_was_predicted_when_compared_with_labels() {
        Hits hits = Hits.of(new long[] {1, 2, 3, 4}, new long[] {1, 2, 0, 4});

        assertThat(hits.percent()).isEqualTo(75);
        assertThat(hits.isRight(1)).isTrue();
        assertThat(hits.isRight(2)).isFalse();
        assertThat(hits.toText()).isEqualTo("4:Cw==");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 600})
    void should_be_equal_when_written_and_read(int examples) {
        long[] predicted = new long[examples];
        for (int i = 0; i < examples; i++) {
            predicted[i] = i % 3;
        }
        Hits hits = Hits.of(predicted, new long[examples]);

        assertThat(Hits.parse(hits.toText())).isEqualTo(hits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cw==", "3:Cw==", "x:Cw==", "4:?", "0:", "-1:Cw=="})
    void should_say_what_is_wrong_when_the_text_is_none(String text) {
        assertThatThrownBy(() -> Hits.parse(text)).hasMessageContaining("such as 4:Cw==, got " + text);
    }

    @Test
    void should_refuse_when_predictions_and_labels_differ_in_number() {
        assertThatThrownBy(() -> Hits.of(new long[2], new long[3])).hasMessageContaining("got 2 and 3");
    }
}

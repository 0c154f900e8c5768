package org.spdbook.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlapsTest {

    private static final int IGNORED = 255;

    /** 0: right twice, once too often, once missed; 1: right twice, missed once; 2: predicted once, wrongly; 3: never. */
    private static Overlaps byHand() {
        var counter = new Overlaps.Counter(4, IGNORED);
        counter.add(new long[] {0, 0, 1, 1, 2}, new long[] {0, 1, 1, 1, IGNORED});
        counter.add(new long[] {2, 0}, new long[] {0, 0});
        return counter.overlaps();
    }

    @Test
    void should_be_the_shares_worked_out_by_hand() {
        assertThat(byHand().byClass()).containsExactly(new double[] {50, 200.0 / 3, 0, 0}, within(1e-9));
        assertThat(byHand().percent()).isCloseTo((50 + 200.0 / 3) / 4, within(1e-9));
        assertThat(byHand().examples()).isEqualTo(2);
    }

    @Test
    void should_be_that_of_one_image_when_the_other_weighs_nothing() {
        // of the first image: 0 right once and predicted once too often, 1 right twice and missed once
        assertThat(byHand().percent(new double[] {1, 0})).isCloseTo((50 + 200.0 / 3) / 4, within(1e-9));
        // of the second: 0 right once of two, 2 predicted once
        assertThat(byHand().percent(new double[] {0, 1})).isCloseTo(50.0 / 4, within(1e-9));
        assertThat(byHand().percent(new double[] {.5, .5})).isCloseTo(byHand().percent(), within(1e-9));
    }

    @Test
    void should_be_equal_when_written_and_read() {
        var counter = new Overlaps.Counter(9, IGNORED);
        long[] labels = new long[50_000];
        long[] predictions = new long[50_000];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 7;
            predictions[i] = i % 5;
        }
        counter.add(predictions, labels);
        counter.add(new long[0], new long[0]);
        Overlaps overlaps = counter.overlaps();

        assertThat(Outcomes.parse(overlaps.toText())).isEqualTo(overlaps);
        assertThat(overlaps).isNotEqualTo(byHand());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iou",
                "iou9",
                "iou9:",
                "iou9:?",
                "iou:eJxjYAAAAAIAAQ==",
                "iou9:eJxjYAAAAAIA",
                "iou0:eJxjYAAAAAIAAQ=="
            })
    void should_say_what_is_wrong_when_the_text_is_none(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Overlaps.parse(text))
                .withMessageContaining("overlaps are iou, a number of classes")
                .withMessageEndingWith("got " + text);
    }

    @Test
    void should_refuse_what_is_no_class() {
        var counter = new Overlaps.Counter(3, IGNORED);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> counter.add(new long[] {0}, new long[] {3}))
                .withMessageContaining("a label is 0 to 2, or 255")
                .withMessageContaining("got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counter.add(new long[] {255}, new long[] {0}))
                .withMessageContaining("a prediction is 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counter.add(new long[2], new long[3]))
                .withMessageContaining("got 2 for 3");
    }
}

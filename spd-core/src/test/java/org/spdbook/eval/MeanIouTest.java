package org.spdbook.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanIouTest {

    @Test
    void should_be_the_shares_worked_out_by_hand() {
        var iou = new MeanIou(4, 255);
        iou.add(new long[] {0, 0, 1, 1, 2}, new long[] {0, 1, 1, 1, 255});
        iou.add(new long[] {2, 0}, new long[] {0, 0});

        // 0: right twice, once too often, once missed; 1: right twice, missed once; 2: predicted once, wrongly; 3:
        // never
        assertThat(iou.percent(0)).isCloseTo(50, within(1e-9));
        assertThat(iou.percent(1)).isCloseTo(200.0 / 3, within(1e-9));
        assertThat(iou.percent(2)).isZero();
        assertThat(iou.percent(3)).isZero();
        assertThat(iou.percent()).isCloseTo((50 + 200.0 / 3) / 4, within(1e-9));
    }

    @Test
    void should_refuse_what_is_no_class() {
        var iou = new MeanIou(3, 255);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> iou.add(new long[] {0}, new long[] {3}))
                .withMessageContaining("a label is 0 to 2, or 255")
                .withMessageContaining("got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> iou.add(new long[] {255}, new long[] {0}))
                .withMessageContaining("a prediction is 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> iou.add(new long[2], new long[3]))
                .withMessageContaining("got 2 for 3");
    }
}

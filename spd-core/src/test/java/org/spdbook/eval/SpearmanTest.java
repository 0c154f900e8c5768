package org.spdbook.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpearmanTest {

    @Test
    void should_depend_on_the_order_alone() {
        assertThat(Spearman.of(new double[] {1, 2, 3}, new double[] {10, 100, 1000}))
                .isEqualTo(1);
        assertThat(Spearman.of(new double[] {1, 2, 3}, new double[] {3, 2, 1})).isEqualTo(-1);
        assertThat(Spearman.of(new double[] {1, 2, 3, 4}, new double[] {2, 1, 4, 3}))
                .isEqualTo(0.6, within(1e-12));
    }

    @Test
    void should_share_ranks_among_equal_values() {
        // ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: by hand 4.5 / sqrt(4.5 * 5)
        assertThat(Spearman.of(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}))
                .isEqualTo(4.5 / Math.sqrt(22.5), within(1e-12));
        assertThat(Spearman.of(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    }

    @Test
    void should_refuse_lists_that_do_not_belong_together() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spearman.of(new double[] {1}, new double[] {1}))
                .withMessageContaining("at least 2, got 1 and 1");
    }
}

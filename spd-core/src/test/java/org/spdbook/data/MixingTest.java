package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class MixingTest {

    private static final int DRAWS = 4000;

    private static RandomStream random(int i) {
        return new Seeds(5).stream("mix", 0, i);
    }

    private static Mix drawn(Mixing mixing, int i) {
        return Objects.requireNonNull(mixing.draw(224, random(i)));
    }

    @Test
    void should_add_the_reversed_batch_when_all_places_are_mixed() {
        float[] batch = {1, 2, 10, 20, 100, 200}; // three pictures of one row and two channels

        new Mix(.75, null).pictures(batch, 3, 2, 1);

        assertThat(batch).containsExactly(25.75f, 51.5f, 10, 20, 75.25f, 150.5f);
    }

    @Test
    void should_take_a_box_of_the_other_picture_when_it_is_cut() {
        float[] batch = new float[2 * 2 * 9];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = i;
        }

        new Mix(7. / 9, new Mixing.Box(1, 2, 0, 2)).pictures(batch, 2, 2, 3);

        assertThat(batch).startsWith(0, 1, 2, 21, 22, 5, 6, 7, 8, 9, 10, 11, 30, 31, 14, 15, 16, 17);
        assertThat(batch).endsWith(18, 19, 20, 3, 4, 23, 24, 25, 26, 27, 28, 29, 12, 13, 32, 33, 34, 35);
    }

    @Test
    void should_share_the_labels_as_the_pictures_when_these_are_mixed() {
        assertThat(new Mix(.75, null).labels(new long[] {0, 2, 1}, 4))
                .containsExactly(.75f, .25f, 0, 0, 0, 0, 1, 0, .25f, .75f, 0, 0);
        for (int i = 0; i < 50; i++) {
            float[] labels = drawn(new Mixing(.8, 1), i).labels(new long[] {1, 0, 1, 2}, 3);
            for (int row = 0; row < labels.length; row += 3) {
                assertThat(labels[row] + labels[row + 1] + labels[row + 2]).isCloseTo(1, within(1e-6f)); // eight ulp
            }
        }
    }

    @Test
    void should_take_mixup_and_cutmix_as_often_when_both_are_on() {
        int cut = 0;
        double mixed = 0;
        double square = 0;
        for (int i = 0; i < DRAWS; i++) {
            Mix mix = drawn(new Mixing(.8, 1), i);
            cut += mix.box() == null ? 0 : 1;
            mixed += mix.box() == null ? mix.share() - .5 : 0;
            square += mix.box() == null ? (mix.share() - .5) * (mix.share() - .5) : 0;
        }
        int whole = DRAWS - cut;
        double variance = 1 / (4 * 2.6);

        assertThat((double) cut / DRAWS).isCloseTo(.5, within(.032)); // four standard deviations, as below
        assertThat(mixed / whole).isCloseTo(0, within(4 * Math.sqrt(variance / whole)));
        assertThat(square / whole).isCloseTo(variance, within(4 * Math.sqrt(.0065 / whole)));
    }

    @Test
    void should_count_the_part_of_the_box_inside_when_it_is_cut() {
        double share = 0;
        for (int i = 0; i < DRAWS; i++) {
            Mix mix = drawn(new Mixing(0, 1), i);
            Mixing.Box box = Objects.requireNonNull(mix.box());
            assertThat(mix.share()).isEqualTo(1 - box.area() / (224. * 224));
            share += mix.share() / DRAWS;
        }

        // of a box of side r the part inside is (r - r^2 / 4)^2 on average, and r^2 is uniform; halves of whole lengths
        // lose .005 of it
        assertThat(share).isCloseTo(1 - .5 + .2 - 1. / 48 + .005, within(.017)); // four standard deviations
        assertThat(Mixing.Box.around(2, 223, 101, 224)).isEqualTo(new Mixing.Box(0, 52, 173, 224));
        assertThat(Mixing.Box.around(9, 9, 1, 224).area()).isZero();
    }

    @Test
    void should_leave_a_batch_as_it_is_when_it_is_off() {
        assertThat(Mixing.NONE.draw(224, random(0))).isNull();
        for (int i = 0; i < 20; i++) {
            assertThat(drawn(new Mixing(1, 0), i).box()).isNull();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Mixing(-1, 0)).withMessageContaining("mixup -1.0");
    }
}

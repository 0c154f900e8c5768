package org.spdbook.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class SegmentationTransformTest {

    private static final int SIDE = 40;

    /** A grey square of 10 pixels, 5 to the right of the middle and 5 below it, labelled 7. */
    private static SegmentationTransform.Pair square() {
        byte[] picture = new byte[SIDE * SIDE * 3];
        byte[] mask = new byte[SIDE * SIDE];
        for (int y = 25; y < 35; y++) {
            for (int x = 25; x < 35; x++) {
                mask[y * SIDE + x] = 7;
                for (int c = 0; c < 3; c++) {
                    picture[(y * SIDE + x) * 3 + c] = (byte) 200;
                }
            }
        }
        return new SegmentationTransform.Pair(
                new Pixels(SIDE, SIDE, Pixels.RGB, picture), new Pixels(SIDE, SIDE, Pixels.L, mask));
    }

    @Test
    void should_stay_when_nothing_is_turned_or_scaled() {
        assertThat(SegmentationTransform.turned(square(), 0, 1)).isEqualTo(square());
    }

    @Test
    void should_move_picture_and_mask_alike_when_turned_and_scaled() {
        // a quarter turn counter-clockwise brings what is right of and below the middle to the right and above it
        SegmentationTransform.Pair turned = SegmentationTransform.turned(square(), Math.PI / 2, 1);
        assertThat(turned.mask().at(10, 30, 0)).isEqualTo(7);
        assertThat(turned.picture().at(10, 30, 1)).isEqualTo(200);
        assertThat(turned.mask().at(30, 30, 0)).isZero();

        SegmentationTransform.Pair smaller = SegmentationTransform.turned(square(), 0, .5);
        assertThat(smaller.mask().at(25, 25, 0)).isEqualTo(7);
        assertThat(smaller.picture().at(25, 25, 0)).isEqualTo(200);
        assertThat(smaller.mask().at(28, 28, 0)).isZero();
        assertThat(smaller.mask().at(2, 2, 0)).isEqualTo(PascalVoc.IGNORED);
        assertThat(smaller.picture().at(2, 2, 0)).isZero();
    }

    @Test
    void should_have_the_size_asked_for_and_known_labels_only_when_made_for_training() {
        var transform = new SegmentationTransform(32, Normalization.IMAGENET);
        for (int i = 0; i < 20; i++) {
            RandomStream random = new Seeds(1).stream("augmentation", 0, i);
            SegmentationTransform.Pair made = transform.training(square(), random);
            assertThat(made.picture().height()).isEqualTo(32);
            for (byte label : made.mask().values()) {
                assertThat(label & 0xFF).isIn(0, 7, PascalVoc.IGNORED);
            }
        }
        assertThat(transform.training(square(), new Seeds(1).stream("augmentation", 0, 3)))
                .isEqualTo(transform.training(square(), new Seeds(1).stream("augmentation", 0, 3)));
    }

    @Test
    void should_refuse_a_mask_of_another_size() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SegmentationTransform.Pair(square().picture(), new Pixels(2, 2, Pixels.L, new byte[4])))
                .withMessageContaining("2 x 2");
    }
}

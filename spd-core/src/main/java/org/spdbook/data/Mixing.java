package org.spdbook.data;

import org.jspecify.annotations.Nullable;
import org.spdbook.train.RandomStream;

/**
 * Mixes the pictures of a batch with the same pictures in reverse order, all in one way: mixup (Zhang et al., 2018) or cutmix (Yun et al.,
 * 2019). Where both are on, each batch takes one of them, with equal chances.
 *
 * <p>Source: timm's {@code mixup.py}, mode batch, prob 1, switch prob 0.5. A batch of an odd number keeps its middle picture.
 *
 * @param mixup the share of a picture is Beta(mixup, mixup); 0 for no mixup
 * @param cutmix likewise the part of it that no box is cut out of; 0 for no cutmix
 */
public record Mixing(double mixup, double cutmix) {

    /** Leaves batches as they are. */
    public static final Mixing NONE = new Mixing(0, 0);

    private static final double HALF = 0.5;

    /** @throws IllegalArgumentException if a parameter is negative or not finite */
    public Mixing {
        if (!(mixup >= 0 && mixup < Double.POSITIVE_INFINITY && cutmix >= 0 && cutmix < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "mixup and cutmix are finite and >= 0, got mixup " + mixup + ", cutmix " + cutmix);
        }
    }

    /**
     * How a batch is mixed; null if it is not.
     *
     * @param side of the pictures
     * @param random of the batch
     */
    public @Nullable Mix draw(int side, RandomStream random) {
        if (mixup == 0 && cutmix == 0) {
            return null;
        }
        boolean cuts = mixup == 0 || cutmix > 0 && random.chance(HALF);
        if (!cuts) {
            return new Mix(random.nextBeta(mixup), null);
        }
        int length = (int) (side * Math.sqrt(1 - random.nextBeta(cutmix)));
        Box box = Box.around(random.nextInt(side), random.nextInt(side), length, side);
        return new Mix(1 - (double) box.area() / ((long) side * side), box);
    }

    /**
     * A box, which may be empty.
     *
     * @param top first row
     * @param bottom row after the last
     * @param left first column
     * @param right column after the last
     */
    public record Box(int top, int bottom, int left, int right) {

        /** Half of a length to each side of a place, as far as it is inside of the picture. */
        static Box around(int y, int x, int length, int side) {
            int half = length / 2;
            return new Box(
                    Math.max(0, y - half), Math.min(side, y + half), Math.max(0, x - half), Math.min(side, x + half));
        }

        int area() {
            return (bottom - top) * (right - left);
        }
    }
}

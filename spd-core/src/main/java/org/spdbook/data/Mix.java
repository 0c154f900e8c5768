package org.spdbook.data;

import org.jspecify.annotations.Nullable;

/**
 * How the pictures of a batch are mixed with those of the reverse order.
 *
 * @param share of a picture itself, 0 to 1
 * @param box what is taken from the other picture as it is; null if all places are mixed
 */
public record Mix(double share, Mixing.@Nullable Box box) {

    /**
     * Mixes pictures in place.
     *
     * @param batch [n, channels, side, side]
     */
    public void pictures(float[] batch, int n, int channels, int side) {
        int size = channels * side * side;
        for (int i = 0; i < n / 2; i++) {
            int one = i * size;
            int other = (n - 1 - i) * size;
            if (box == null) {
                mix(batch, one, other, size);
            } else {
                exchange(batch, one, other, channels, side, box);
            }
        }
    }

    private void mix(float[] batch, int one, int other, int size) {
        float own = (float) share;
        float foreign = (float) (1 - share);
        for (int k = 0; k < size; k++) {
            float a = batch[one + k];
            float b = batch[other + k];
            batch[one + k] = a * own + b * foreign;
            batch[other + k] = b * own + a * foreign;
        }
    }

    private static void exchange(float[] batch, int one, int other, int channels, int side, Mixing.Box box) {
        int length = box.right() - box.left();
        float[] row = new float[length];
        for (int channel = 0; channel < channels; channel++) {
            for (int y = box.top(); y < box.bottom(); y++) {
                int at = (channel * side + y) * side + box.left();
                System.arraycopy(batch, one + at, row, 0, length);
                System.arraycopy(batch, other + at, batch, one + at, length);
                System.arraycopy(row, 0, batch, other + at, length);
            }
        }
    }

    /**
     * The shares of the classes in each picture.
     *
     * @param labels [n], 0 to classes - 1
     * @return [n, classes], each row with the sum 1
     */
    public float[] labels(long[] labels, int classes) {
        int n = labels.length;
        float[] shares = new float[n * classes];
        for (int i = 0; i < n; i++) {
            shares[i * classes + (int) labels[i]] += (float) share;
            shares[i * classes + (int) labels[n - 1 - i]] += (float) (1 - share);
        }
        return shares;
    }
}

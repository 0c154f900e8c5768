package org.spdbook.twin.emoji;

import org.spdbook.train.RandomStream;

/**
 * A background behind a drawing, and a change of its colours.
 *
 * @param background red, green, blue in [0, 1]
 * @param order which channel each channel is taken from
 * @param grey all channels become their mean
 * @param contrast factor per channel, about 0.5
 * @param brightness added per channel
 */
record ColourChange(float[] background, int[] order, boolean grey, float[] contrast, float[] brightness) {

    private static final int PIXELS = EmojiSheets.SIZE * EmojiSheets.SIZE;

    /** The numbers of one augmentation; recipe: twins.md 0. */
    static ColourChange draw(RandomStream random) {
        float[] background = {1, 1, 1};
        if (!random.chance(0.5)) {
            for (int c = 0; c < 3; c++) {
                background[c] = (float) random.uniform(0.55, 1);
            }
        }
        int[] order = random.chance(0.2) ? random.permutation(3) : new int[] {0, 1, 2};
        boolean grey = random.chance(0.15);
        boolean jitter = random.chance(0.8);
        float[] contrast = {1, 1, 1};
        float[] brightness = new float[3];
        for (int c = 0; c < 3 && jitter; c++) {
            contrast[c] = (float) random.uniform(0.7, 1.2);
            brightness[c] = (float) random.uniform(-0.12, 0.12);
        }
        return new ColourChange(background, order, grey, contrast, brightness);
    }

    /**
     * The opaque image in its new colours, 32 * 32 * 3 values in [0, 1], row by row.
     *
     * @param premultiplied 32 * 32 * 4 values in [0, 1], RGB times alpha, row by row
     */
    float[] apply(float[] premultiplied) {
        float[] rgb = new float[3 * PIXELS];
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            float behind = 1 - premultiplied[4 * pixel + 3];
            float sum = 0;
            for (int c = 0; c < 3; c++) {
                float value = premultiplied[4 * pixel + order[c]] + background[order[c]] * behind;
                rgb[3 * pixel + c] = value;
                sum += value;
            }
            for (int c = 0; c < 3; c++) {
                float value = grey ? sum / 3 : rgb[3 * pixel + c];
                rgb[3 * pixel + c] = Math.min(Math.max((value - 0.5f) * contrast[c] + 0.5f + brightness[c], 0), 1);
            }
        }
        return rgb;
    }
}

package org.spdbook.data;

import java.util.function.IntUnaryOperator;

/** Changes of a picture value by value, by a table for each channel: Pillow's ImageOps. */
final class Tones {

    private static final int VALUES = 256;
    private static final int LARGEST = 255;

    private Tones() {}

    /** Values from a threshold (0 to 256) on are inverted. */
    static Pixels solarized(Pixels picture, int threshold) {
        return mapped(picture, value -> value < threshold ? value : LARGEST - value);
    }

    /** Only the highest bits are kept, 0 to 8. */
    static Pixels posterized(Pixels picture, int bits) {
        int mask = -(1 << (8 - bits));
        return mapped(picture, value -> value & mask);
    }

    /** Values in the lower half rise, up to 255. */
    static Pixels raised(Pixels picture, int by) {
        return mapped(picture, value -> value < VALUES / 2 ? Math.min(LARGEST, value + by) : value);
    }

    /** Each channel is stretched from 0 to 255; one of a single value stays. */
    static Pixels autoContrast(Pixels picture) {
        return fitted(picture, Tones::stretching);
    }

    private static IntUnaryOperator stretching(int[] counts) {
        int low = 0;
        while (counts[low] == 0) {
            low++;
        }
        int high = LARGEST;
        while (counts[high] == 0) {
            high--;
        }
        if (high == low) {
            return IntUnaryOperator.identity();
        }
        double scale = (double) LARGEST / (high - low);
        double offset = -low * scale;
        return value -> Math.max(0, Math.min(LARGEST, (int) (value * scale + offset)));
    }

    /** The values of each channel get as frequent as each other; a channel of one value, or of a few pixels, stays. */
    static Pixels equalized(Pixels picture) {
        return fitted(picture, Tones::equalizing);
    }

    private static IntUnaryOperator equalizing(int[] counts) {
        int all = 0;
        int last = 0;
        for (int count : counts) {
            all += count;
            last = count == 0 ? last : count;
        }
        int step = (all - last) / LARGEST;
        if (step == 0) {
            return IntUnaryOperator.identity();
        }
        int[] targets = new int[VALUES];
        int below = step / 2;
        for (int value = 0; value < VALUES; value++) {
            targets[value] = Math.min(LARGEST, below / step);
            below += counts[value];
        }
        return value -> targets[value];
    }

    /** A table from the counts of the values of a channel. */
    private interface Fitting {
        IntUnaryOperator to(int[] counts);
    }

    private static Pixels fitted(Pixels picture, Fitting fitting) {
        byte[] result = new byte[picture.values().length];
        for (int channel = 0; channel < picture.channels(); channel++) {
            int[] counts = new int[VALUES];
            for (int i = channel; i < result.length; i += picture.channels()) {
                counts[picture.values()[i] & 0xFF]++;
            }
            map(picture, result, channel, fitting.to(counts));
        }
        return new Pixels(picture.height(), picture.width(), picture.channels(), result);
    }

    private static Pixels mapped(Pixels picture, IntUnaryOperator tone) {
        byte[] result = new byte[picture.values().length];
        for (int channel = 0; channel < picture.channels(); channel++) {
            map(picture, result, channel, tone);
        }
        return new Pixels(picture.height(), picture.width(), picture.channels(), result);
    }

    private static void map(Pixels picture, byte[] result, int channel, IntUnaryOperator tone) {
        byte[] table = new byte[VALUES];
        for (int value = 0; value < VALUES; value++) {
            table[value] = (byte) tone.applyAsInt(value);
        }
        for (int i = channel; i < result.length; i += picture.channels()) {
            result[i] = table[picture.values()[i] & 0xFF];
        }
    }
}

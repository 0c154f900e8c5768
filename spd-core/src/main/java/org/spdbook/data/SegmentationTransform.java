package org.spdbook.data;

import org.spdbook.train.RandomStream;

/**
 * From a picture and its mask to the input of a segmentation, as the multi-task pipeline of PASCAL does it: for training turned by up to
 * 20 degrees and scaled by .75 to 1.25 about the middle, mirrored half of the time, and both for training and testing resized to a square.
 * Turned masks have {@link PascalVoc#IGNORED} where the picture ends. Pictures are interpolated, masks take the nearest value. Immutable.
 *
 * <p>Source: {@code custom_transforms.py} of SimonVandenhende/Multi-Task-Learning-PyTorch (ScaleNRotate, RandomHorizontalFlip, FixedResize);
 * there pictures are turned with cubic interpolation, here with linear, and resized here with antialiasing.
 *
 * @param size side of the square
 * @param normalization from bytes to floats
 */
public record SegmentationTransform(int size, Normalization normalization) {

    private static final double TURN = Math.toRadians(20);
    private static final double SMALLEST = .75;
    private static final double LARGEST = 1.25;
    private static final double HALF = .5;

    /**
     * A picture with its mask.
     *
     * @param picture RGB
     * @param mask one channel, of the same size
     */
    public record Pair(Pixels picture, Pixels mask) {

        /** @throws IllegalArgumentException if the sizes differ */
        public Pair {
            if (picture.height() != mask.height() || picture.width() != mask.width()) {
                throw new IllegalArgumentException("a picture has a mask of its size, got " + picture + " and " + mask);
            }
        }
    }

    /** Turned, scaled and mirrored at random, and resized. */
    public Pair training(Pair pair, RandomStream random) {
        Pair turned = turned(pair, random.uniform(-TURN, TURN), random.uniform(SMALLEST, LARGEST));
        Pair mirrored = random.chance(HALF) ? new Pair(turned.picture.mirrored(), turned.mask.mirrored()) : turned;
        return test(mirrored);
    }

    /** Resized. */
    public Pair test(Pair pair) {
        return new Pair(new Resize(size, size, Resampling.BICUBIC).apply(pair.picture), nearest(pair.mask));
    }

    private Pixels nearest(Pixels mask) {
        byte[] values = new byte[size * size];
        for (int y = 0; y < size; y++) {
            int row = (int) ((long) y * mask.height() / size);
            for (int x = 0; x < size; x++) {
                values[y * size + x] = (byte) mask.at(row, (int) ((long) x * mask.width() / size), 0);
            }
        }
        return new Pixels(size, size, Pixels.L, values);
    }

    /** By an angle, counter-clockwise, and a factor, about the middle; of the same size. */
    static Pair turned(Pair pair, double angle, double factor) {
        int height = pair.picture.height();
        int width = pair.picture.width();
        double cos = StrictMath.cos(angle) / factor;
        double sin = StrictMath.sin(angle) / factor;
        byte[] picture = new byte[height * width * Pixels.RGB];
        byte[] mask = new byte[height * width];
        double middleX = width / 2.0;
        double middleY = height / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double fromX = cos * (x - middleX) - sin * (y - middleY) + middleX;
                double fromY = sin * (x - middleX) + cos * (y - middleY) + middleY;
                int place = y * width + x;
                for (int c = 0; c < Pixels.RGB; c++) {
                    picture[place * Pixels.RGB + c] = linear(pair.picture, fromX, fromY, c);
                }
                int nearX = (int) Math.rint(fromX);
                int nearY = (int) Math.rint(fromY);
                boolean inside = nearX >= 0 && nearX < width && nearY >= 0 && nearY < height;
                mask[place] = (byte) (inside ? pair.mask.at(nearY, nearX, 0) : PascalVoc.IGNORED);
            }
        }
        return new Pair(new Pixels(height, width, Pixels.RGB, picture), new Pixels(height, width, Pixels.L, mask));
    }

    /** Black outside. */
    private static byte linear(Pixels picture, double x, double y, int channel) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double dx = x - left;
        double dy = y - top;
        double value = (1 - dy)
                        * ((1 - dx) * at(picture, top, left, channel) + dx * at(picture, top, left + 1, channel))
                + dy * ((1 - dx) * at(picture, top + 1, left, channel) + dx * at(picture, top + 1, left + 1, channel));
        return (byte) (int) (value + HALF);
    }

    private static int at(Pixels picture, int y, int x, int channel) {
        boolean inside = y >= 0 && y < picture.height() && x >= 0 && x < picture.width();
        return inside ? picture.at(y, x, channel) : 0;
    }
}

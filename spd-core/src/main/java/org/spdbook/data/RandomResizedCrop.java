package org.spdbook.data;

import org.spdbook.train.RandomStream;

/**
 * A box of random area and shape, resized to a square: torchvision's RandomResizedCrop ({@code transforms.py}, get_params) with
 * our random numbers in its order: area, shape, row, column. The logarithm of the shape is taken in doubles, there in floats.
 *
 * @param size side of the result, at least 1
 * @param smallest part of the picture's area, &gt; 0
 * @param largest part of the picture's area, at most 1
 * @param ratio greatest width to height, at least 1; its inverse is the least
 * @param kernel of the resize
 */
public record RandomResizedCrop(int size, double smallest, double largest, double ratio, Resampling kernel) {

    private static final int TRIES = 10;

    /** @throws IllegalArgumentException if a value is out of its range */
    public RandomResizedCrop {
        if (size < 1 || !(smallest > 0 && smallest <= largest && largest <= 1) || !(ratio >= 1)) {
            throw new IllegalArgumentException("a random crop needs size >= 1, 0 < smallest <= largest <= 1 and ratio"
                    + " >= 1, got size " + size + ", smallest " + smallest + ", largest " + largest + ", ratio "
                    + ratio);
        }
    }

    /** Area 0.08 to 1, shape 3:4 to 4:3, bilinear: torchvision's defaults. */
    public static RandomResizedCrop to(int size) {
        return new RandomResizedCrop(size, 0.08, 1, 4.0 / 3, Resampling.BILINEAR);
    }

    /** The same with another kernel. */
    public RandomResizedCrop with(Resampling other) {
        return new RandomResizedCrop(size, smallest, largest, ratio, other);
    }

    /** The box for a picture: the first of ten that fits, else the middle with the nearest shape allowed. */
    public Crop box(int height, int width, RandomStream random) {
        double area = (double) height * width;
        double log = StrictMath.log(ratio);
        for (int i = 0; i < TRIES; i++) {
            double target = area * random.uniform(smallest, largest);
            double shape = StrictMath.exp(random.uniform(-log, log));
            int w = (int) Math.rint(Math.sqrt(target * shape));
            int h = (int) Math.rint(Math.sqrt(target / shape));
            if (w > 0 && w <= width && h > 0 && h <= height) {
                int top = random.nextInt(height - h + 1);
                return new Crop(top, random.nextInt(width - w + 1), h, w);
            }
        }
        double shape = (double) width / height;
        int w = shape > ratio ? (int) Math.rint(height * ratio) : width;
        int h = shape < 1 / ratio ? (int) Math.rint(width * ratio) : height;
        return new Crop((height - h) / 2, (width - w) / 2, h, w);
    }

    /** A random box of the picture, resized. */
    public Pixels apply(Pixels picture, RandomStream random) {
        return new Resize(size, size, kernel)
                .apply(box(picture.height(), picture.width(), random).apply(picture));
    }
}

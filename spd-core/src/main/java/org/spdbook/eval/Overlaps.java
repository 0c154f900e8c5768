package org.spdbook.eval;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How far a segmentation of images and their labels overlap: for each image and class the pixels that are of the class in both, and
 * those that are in either. The score is the mean intersection over union: pixels are summed over images, divided class by class, and
 * averaged. A class that neither was there nor was predicted counts as 0, as in the evaluation that the paper's Table 4 goes back to.
 * Immutable.
 */
public final class Overlaps implements Outcomes {

    /** Begins each text. */
    static final String PREFIX = "iou";

    private static final int MOST_CLASSES = 1 << 16;
    private static final int SEVEN_BITS = 0x7F;

    private final int classes;
    private final List<int[]> images; // class, pixels in both, pixels in either; for classes that occur, in order
    private final int[] all; // of one image after the other, with its number before each class

    private Overlaps(int classes, List<int[]> images) {
        this.classes = classes;
        this.images = List.copyOf(images);
        this.all =
                new int[images.stream().mapToInt(image -> image.length / 3 * 4).sum()];
        int next = 0;
        for (int i = 0; i < images.size(); i++) {
            int[] image = images.get(i);
            for (int at = 0; at < image.length; at += 3) {
                all[next] = i;
                System.arraycopy(image, at, all, next + 1, 3);
                next += 4;
            }
        }
    }

    /** Takes segmented images one by one. Not thread-safe. */
    public static final class Counter {

        private final int classes;
        private final int ignored;
        private final List<int[]> images = new ArrayList<>();

        /**
         * Nothing seen yet.
         *
         * @param classes with the background, at least 1
         * @param ignored label of pixels that are left out
         */
        public Counter(int classes, int ignored) {
            this.classes = classes;
            this.ignored = ignored;
        }

        /**
         * Adds an image.
         *
         * @param predictions class per pixel
         * @param labels as many
         * @throws IllegalArgumentException if a class is none
         */
        public void add(long[] predictions, long[] labels) {
            if (predictions.length != labels.length) {
                throw new IllegalArgumentException("a segmentation needs a prediction for each label, got "
                        + predictions.length + " for " + labels.length);
            }
            int[] both = new int[classes];
            int[] either = new int[classes];
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] != ignored) {
                    int label = known(labels[i], "label");
                    int predicted = known(predictions[i], "prediction");
                    either[label]++;
                    if (label == predicted) {
                        both[label]++;
                    } else {
                        either[predicted]++;
                    }
                }
            }
            images.add(occurring(both, either));
        }

        private int known(long value, String what) {
            if (value < 0 || value >= classes) {
                throw new IllegalArgumentException("a " + what + " is 0 to " + (classes - 1) + ", or " + ignored
                        + " for pixels that are left out, got " + value);
            }
            return (int) value;
        }

        private static int[] occurring(int[] both, int[] either) {
            int[] image = new int
                    [3
                            * (int) Arrays.stream(either)
                                    .filter(pixels -> pixels > 0)
                                    .count()];
            int at = 0;
            for (int of = 0; of < either.length; of++) {
                if (either[of] > 0) {
                    image[at++] = of;
                    image[at++] = both[of];
                    image[at++] = either[of];
                }
            }
            return image;
        }

        /** What was added so far. */
        public Overlaps overlaps() {
            return new Overlaps(classes, images);
        }
    }

    @Override
    public int examples() {
        return images.size();
    }

    @Override
    public double percent() {
        double[] ones = new double[images.size()];
        Arrays.fill(ones, 1);
        return percent(ones);
    }

    @Override
    public double percent(double[] weights) {
        return Arrays.stream(byClass(weights)).average().orElseThrow();
    }

    /** Intersection over union of each class, in percent. */
    public double[] byClass() {
        double[] ones = new double[images.size()];
        Arrays.fill(ones, 1);
        return byClass(ones);
    }

    private double[] byClass(double[] weights) {
        double[] both = new double[classes];
        double[] either = new double[classes];
        for (int at = 0; at < all.length; at += 4) {
            double weight = weights[all[at]];
            both[all[at + 1]] += weight * all[at + 2];
            either[all[at + 1]] += weight * all[at + 3];
        }
        for (int of = 0; of < classes; of++) {
            both[of] = either[of] == 0 ? 0 : 100 * both[of] / either[of];
        }
        return both;
    }

    /** {@code iou}, the number of classes, a colon, and the counts in Base64, deflated. */
    @Override
    public String toText() {
        var numbers = new ByteArrayOutputStream();
        for (int[] image : images) {
            write(image.length / 3, numbers);
            for (int number : image) {
                write(number, numbers);
            }
        }
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(numbers.toByteArray());
        deflater.finish();
        byte[] part = new byte[numbers.size() + 64];
        int length = deflater.deflate(part);
        deflater.end();
        return PREFIX + classes + ":" + Base64.getEncoder().encodeToString(Arrays.copyOf(part, length));
    }

    /** Seven bits in a byte, the lowest first; the eighth says that there are more. */
    private static void write(int number, ByteArrayOutputStream to) {
        int left = number;
        while (left > SEVEN_BITS) {
            to.write(left & SEVEN_BITS | SEVEN_BITS + 1);
            left >>>= 7;
        }
        to.write(left);
    }

    /**
     * Reads {@link #toText}.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Overlaps parse(String text) {
        int colon = text.indexOf(':');
        try {
            int classes = Integer.parseInt(text.substring(PREFIX.length(), Math.max(PREFIX.length(), colon)));
            var numbers = new Numbers(inflated(Base64.getDecoder().decode(text.substring(colon + 1))));
            List<int[]> images = new ArrayList<>();
            while (!numbers.isAtEnd()) {
                images.add(image(numbers, classes));
            }
            if (images.isEmpty() || classes < 1 || classes > MOST_CLASSES) {
                throw new IllegalArgumentException("no images, or no such number of classes");
            }
            return new Overlaps(classes, images);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DataFormatException e) {
            throw new IllegalArgumentException(
                    "overlaps are " + PREFIX + ", a number of classes, a colon and deflated counts in Base64, got "
                            + text,
                    e);
        }
    }

    private static int[] image(Numbers numbers, int classes) {
        int occurring = numbers.next();
        if (occurring > classes) {
            throw new IllegalArgumentException(occurring + " of " + classes + " classes");
        }
        int[] image = new int[3 * occurring];
        for (int i = 0; i < image.length; i++) {
            image[i] = numbers.next();
        }
        for (int at = 0; at < image.length; at += 3) {
            if (image[at] >= classes || image[at + 1] > image[at + 2]) {
                throw new IllegalArgumentException("class " + image[at] + " with " + image[at + 1] + " pixels in both");
            }
        }
        return image;
    }

    private static byte[] inflated(byte[] bytes) throws DataFormatException {
        var inflater = new Inflater();
        inflater.setInput(bytes);
        var all = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 13];
        int length = inflater.inflate(part);
        while (length > 0) {
            all.write(part, 0, length);
            length = inflater.inflate(part);
        }
        boolean whole = inflater.finished();
        inflater.end();
        if (!whole) {
            throw new DataFormatException("cut off");
        }
        return all.toByteArray();
    }

    /** Reads what {@link #write} wrote. */
    private static final class Numbers {

        private final byte[] bytes;
        private int at;

        Numbers(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean isAtEnd() {
            return at == bytes.length;
        }

        int next() {
            int number = 0;
            for (int shift = 0; shift < 28; shift += 7) {
                byte one = bytes[at++];
                number |= (one & SEVEN_BITS) << shift;
                if (one >= 0) {
                    return number;
                }
            }
            throw new IllegalArgumentException("a number of more than 28 bits");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Overlaps overlaps
                && overlaps.classes == classes
                && Arrays.deepEquals(overlaps.images.toArray(), images.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * classes + Arrays.deepHashCode(images.toArray());
    }

    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "mean IoU %.1f %% of %d images", percent(), images.size());
    }
}

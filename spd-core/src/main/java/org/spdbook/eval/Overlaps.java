package org.spdbook.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
        return PREFIX
                + classes
                + ":"
                + NumberText.of(images.stream()
                        .flatMapToInt(image -> IntStream.concat(IntStream.of(image.length / 3), Arrays.stream(image)))
                        .toArray());
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
            List<int[]> images = images(NumberText.parse(text.substring(colon + 1)), classes);
            if (images.isEmpty() || classes < 1 || classes > MOST_CLASSES) {
                throw new IllegalArgumentException("no images, or no such number of classes");
            }
            return new Overlaps(classes, images);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "overlaps are " + PREFIX + ", a number of classes, a colon and deflated counts in Base64, got "
                            + text,
                    e);
        }
    }

    private static List<int[]> images(int[] numbers, int classes) {
        List<int[]> images = new ArrayList<>();
        int at = 0;
        while (at < numbers.length) {
            int occurring = numbers[at];
            if (occurring > classes || 3 * occurring >= numbers.length - at) {
                throw new IllegalArgumentException(occurring + " of " + classes + " classes");
            }
            images.add(checked(Arrays.copyOfRange(numbers, at + 1, at + 1 + 3 * occurring), classes));
            at += 1 + 3 * occurring;
        }
        return images;
    }

    private static int[] checked(int[] image, int classes) {
        for (int at = 0; at < image.length; at += 3) {
            if (image[at] >= classes || image[at + 1] > image[at + 2]) {
                throw new IllegalArgumentException("class " + image[at] + " with " + image[at + 1] + " pixels in both");
            }
        }
        return image;
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

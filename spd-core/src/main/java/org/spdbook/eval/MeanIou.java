package org.spdbook.eval;

import java.util.Arrays;

/**
 * Mean intersection over union of a segmentation, over all pixels of all images. A class that neither was there nor was
 * predicted counts as 0, as in the evaluation that the paper's Table 4 goes back to. Not thread-safe.
 */
public final class MeanIou {

    private final int ignored;
    private final long[][] confusion;

    /**
     * Nothing seen yet.
     *
     * @param classes with the background, at least 1
     * @param ignored label of pixels that are left out
     */
    public MeanIou(int classes, int ignored) {
        this.ignored = ignored;
        this.confusion = new long[classes][classes];
    }

    /**
     * Adds pixels.
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
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != ignored) {
                confusion[known(labels[i], "label")][known(predictions[i], "prediction")]++;
            }
        }
    }

    private int known(long value, String what) {
        if (value < 0 || value >= confusion.length) {
            throw new IllegalArgumentException("a " + what + " is 0 to " + (confusion.length - 1) + ", or " + ignored
                    + " for pixels that are left out, got " + value);
        }
        return (int) value;
    }

    /** Intersection over union of a class, in percent. */
    public double percent(int of) {
        long both = confusion[of][of];
        long labelled = Arrays.stream(confusion[of]).sum();
        long predicted = Arrays.stream(confusion).mapToLong(row -> row[of]).sum();
        long either = labelled + predicted - both;
        return either == 0 ? 0 : 100.0 * both / either;
    }

    /** The mean over classes, in percent. */
    public double percent() {
        double sum = 0;
        for (int of = 0; of < confusion.length; of++) {
            sum += percent(of);
        }
        return sum / confusion.length;
    }
}

package org.spdbook.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How far each question of a test set was answered as people answer it; the score is the accuracy of visual question answering, see
 * {@link VqaAccuracy}. A question counts some thirds over its annotators: with ten of them 0, 0.3, 0.6, 0.9 or 1. Kept as whole numbers
 * of thirds, so that nothing is lost in writing. Immutable.
 */
public final class Scores implements Shares {

    /** Begins each text. */
    static final String PREFIX = "vqa";

    private final int[] thirds; // of each question, over all its annotators
    private final int[] annotators;
    private final double[] shares;

    private Scores(int[] thirds, int[] annotators) {
        this.thirds = thirds;
        this.annotators = annotators;
        this.shares = new double[thirds.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = thirds[i] / (VqaAccuracy.ENOUGH * annotators[i]);
        }
    }

    /**
     * Scores answers.
     *
     * @param questions with what a model said, at least one
     * @throws IllegalArgumentException if there are none
     */
    public static Scores vqa(List<VqaAccuracy.Question> questions) {
        if (questions.isEmpty()) {
            throw new IllegalArgumentException("scores need at least one question, got none");
        }
        int[] annotators =
                questions.stream().mapToInt(one -> one.answers().size()).toArray();
        int[] thirds = new int[annotators.length];
        for (int i = 0; i < thirds.length; i++) {
            double most = VqaAccuracy.ENOUGH * annotators[i];
            thirds[i] = (int) Math.round(most * VqaAccuracy.share(questions.get(i)));
        }
        return new Scores(thirds, annotators);
    }

    @Override
    public int examples() {
        return shares.length;
    }

    @Override
    public double share(int i) {
        return shares[i];
    }

    @Override
    public double percent() {
        return 100 * Arrays.stream(shares).sum() / shares.length;
    }

    @Override
    public double percent(double[] weights) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += weights[i] * shares[i];
        }
        return 100 * sum;
    }

    /** {@code vqa}, the number of questions, a colon, and the thirds of each, then the annotators of each, in Base64, deflated. */
    @Override
    public String toText() {
        int[] numbers = Arrays.copyOf(thirds, 2 * thirds.length);
        System.arraycopy(annotators, 0, numbers, thirds.length, annotators.length);
        return PREFIX + thirds.length + ":" + NumberText.of(numbers);
    }

    /**
     * Reads {@link #toText}.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Scores parse(String text) {
        int colon = text.indexOf(':');
        try {
            int questions = Integer.parseInt(text.substring(PREFIX.length(), Math.max(PREFIX.length(), colon)));
            int[] numbers = NumberText.parse(text.substring(colon + 1));
            if (questions < 1 || numbers.length % 2 != 0 || numbers.length / 2 != questions) {
                throw new IllegalArgumentException(numbers.length + " numbers of " + questions + " questions");
            }
            int[] thirds = Arrays.copyOf(numbers, questions);
            int[] annotators = Arrays.copyOfRange(numbers, questions, numbers.length);
            for (int i = 0; i < questions; i++) {
                if (annotators[i] < 1 || thirds[i] > VqaAccuracy.ENOUGH * annotators[i]) {
                    throw new IllegalArgumentException(thirds[i] + " thirds of " + annotators[i] + " annotators");
                }
            }
            return new Scores(thirds, annotators);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "scores are " + PREFIX + ", a number of questions, a colon and deflated counts in Base64, got "
                            + text,
                    e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scores scores
                && Arrays.equals(scores.thirds, thirds)
                && Arrays.equals(scores.annotators, annotators);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(thirds) + Arrays.hashCode(annotators);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "VQA accuracy %.1f %% of %d questions", percent(), shares.length);
    }
}

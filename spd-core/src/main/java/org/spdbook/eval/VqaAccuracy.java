package org.spdbook.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;

/**
 * The accuracy of visual question answering: an annotator counts for a prediction by min(1, matches among the other
 * annotators / 3), a question by the mean over its annotators. Sums are taken in the order of the original, so that results
 * round as its do. Source: the VQA evaluation as the authors use it, {@code paper.md} 5.5.
 */
public final class VqaAccuracy {

    /** Other annotators with whom a prediction counts fully. */
    static final double ENOUGH = 3;

    private VqaAccuracy() {}

    /**
     * What a model said and what people said.
     *
     * @param prediction the model's answer, raw
     * @param answers the annotators' answers, usually ten, at least one
     */
    public record Question(String prediction, List<String> answers) {

        /** @throws IllegalArgumentException if there are no answers */
        public Question {
            answers = List.copyOf(answers);
            if (answers.isEmpty()) {
                throw new IllegalArgumentException(
                        "VQA accuracy needs at least one annotator's answer, got none for prediction " + prediction);
            }
        }
    }

    /** Accuracy of one question in percent, rounded to two decimals. */
    public static double percent(Question question) {
        return rounded(100 * share(question));
    }

    /**
     * Mean accuracy in percent, rounded to two decimals.
     *
     * @throws IllegalArgumentException if there are no questions
     */
    public static double percent(List<Question> questions) {
        if (questions.isEmpty()) {
            throw new IllegalArgumentException("VQA accuracy needs at least one question, got none");
        }
        double sum = 0;
        for (Question question : questions) {
            sum += share(question);
        }
        return rounded(100 * sum / questions.size());
    }

    /** What one question counts, 0 to 1, not rounded: whole thirds over the number of its annotators. */
    public static double share(Question question) {
        String prediction = VqaAnswer.predicted(question.prediction());
        List<String> answers = question.answers();
        if (new HashSet<>(answers).size() > 1) {
            answers = answers.stream().map(VqaAnswer::withoutPunctuation).toList();
        }
        long matches = answers.stream().filter(prediction::equals).count();
        double sum = 0;
        for (String answer : answers) {
            long others = matches - (answer.equals(prediction) ? 1 : 0);
            sum += Math.min(1, others / ENOUGH);
        }
        return sum / answers.size();
    }

    /** Rounds the value itself, not its shortest decimal form. */
    private static double rounded(double value) {
        return new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).doubleValue();
    }
}

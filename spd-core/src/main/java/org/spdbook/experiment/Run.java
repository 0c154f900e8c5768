package org.spdbook.experiment;

import java.util.List;
import java.util.Map;

/**
 * What came out of a spec.
 *
 * @param spec what was asked
 * @param scores accuracy in percent by test set; the set trained on is among them
 * @param validation accuracy in percent on the validation examples of the set trained on
 * @param deviation L2 distance of all trained tensors from the pre-trained ones
 * @param losses of every step, before it
 * @param cpuSeconds of the training thread, evaluation left out
 */
public record Run(
        ExperimentSpec spec,
        Map<String, Double> scores,
        double validation,
        double deviation,
        List<Double> losses,
        double cpuSeconds) {

    public Run {
        scores = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(scores));
        losses = List.copyOf(losses);
    }

    /**
     * Accuracy in percent on a test set.
     *
     * @throws IllegalArgumentException if it was not tested, with those that were
     */
    public double accuracy(String set) {
        Double score = scores.get(set);
        if (score == null) {
            throw new IllegalArgumentException("set " + set + " was not tested; there are " + scores.keySet());
        }
        return score;
    }

    /** Accuracy on the set trained on. */
    public double id() {
        return accuracy(spec.trainedOn());
    }

    /** Mean accuracy on the other sets. */
    public double ood() {
        return scores.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(spec.trainedOn()))
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElse(Double.NaN);
    }
}

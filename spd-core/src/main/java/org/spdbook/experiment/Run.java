package org.spdbook.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.train.History;

/**
 * What came out of a spec.
 *
 * <pre>{@code
 * base.accuracy("sketch");   // percent
 * base.ood();                // mean over the domains that were not trained on
 * base.losses();             // per step
 * }</pre>
 *
 * @param name under which it is stored; empty when it is not
 * @param spec what was asked, with all defaults written out
 * @param zeroShot accuracy in percent by test set before training
 * @param scores accuracy in percent by test set; the set trained on is among them
 * @param validation accuracy in percent on the validation examples of the set trained on
 * @param deviation L2 distance of all tensors from the pre-trained ones
 * @param history loss and rate per step, and now and then what the optimiser did
 * @param cpuSeconds of the training thread, evaluation left out
 */
public record Run(
        String name,
        ExperimentSpec spec,
        Map<String, Double> zeroShot,
        Map<String, Double> scores,
        double validation,
        double deviation,
        History history,
        double cpuSeconds) {

    public Run {
        zeroShot = Collections.unmodifiableMap(new LinkedHashMap<>(zeroShot));
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /**
     * Accuracy in percent on a test set.
     *
     * @throws IllegalArgumentException if it was not tested, with those that were
     */
    public double accuracy(String set) {
        Double score = scores.get(Known.require("test set", set, scores.keySet()));
        return java.util.Objects.requireNonNull(score);
    }

    /** Accuracy in percent on the set trained on. */
    public double id() {
        return scores.getOrDefault(spec.trainedOn(), Double.NaN);
    }

    /** Mean accuracy in percent on the sets not trained on. */
    public double ood() {
        return ood(scores);
    }

    /** {@link #ood} before training. */
    public double oodBefore() {
        return ood(zeroShot);
    }

    private double ood(Map<String, Double> accuracies) {
        return accuracies.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(spec.trainedOn()))
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElse(Double.NaN);
    }

    /** This run with its scores on some sets only. */
    public Run on(List<String> sets) {
        Map<String, Double> before = new LinkedHashMap<>(zeroShot);
        Map<String, Double> after = new LinkedHashMap<>(scores);
        before.keySet().retainAll(sets);
        after.keySet().retainAll(sets);
        return new Run(name, spec, before, after, validation, deviation, history, cpuSeconds);
    }

    /** Loss of every step, before it. */
    public List<Double> losses() {
        return history.losses();
    }

    /** Method, rate and strength in a few letters: {@code adam-spd 1e-3, lambda 1}. */
    public String label() {
        return Setting.of(this).label();
    }

    /** A few words; the whole history is in {@link #history}. */
    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%s: %s on %s, seed %d: ID %.1f %%, OOD %.1f %%, deviation %.2f",
                name.isEmpty() ? "run" : "run " + name,
                label(),
                spec.trainedOn(),
                spec.seed(),
                id(),
                ood(),
                deviation);
    }
}

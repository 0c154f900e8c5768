package org.spdbook.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.Shares;
import org.spdbook.train.History;
import org.spdbook.train.LogEntry;

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
 * @param key of its plan, see {@link Plan#key}; empty when it is not known
 * @param spec what was asked, with all defaults written out
 * @param zeroShot score in percent by test set before training: accuracy, or mean intersection over union
 * @param scores the same after training; the set trained on is among them
 * @param outcomes what came out for each example, by test set; empty where they were not kept
 * @param measures what else was measured after training, by name, see {@link OpenWorld#measures}
 * @param validation score in percent on the validation examples of the set trained on
 * @param deviation L2 distance of what was trained, and of the head, from the pre-trained values; of adapters from zero
 * @param history loss and rate per step, and now and then what the optimiser did
 * @param cpuSeconds of the training thread, evaluation left out
 */
public record Run(
        String name,
        String key,
        ExperimentSpec spec,
        Map<String, Double> zeroShot,
        Map<String, Double> scores,
        Map<String, Outcomes> outcomes,
        Map<String, Double> measures,
        double validation,
        double deviation,
        History history,
        double cpuSeconds) {

    public Run {
        zeroShot = Collections.unmodifiableMap(new LinkedHashMap<>(zeroShot));
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }

    /** A run in which nothing else was measured. */
    public Run(
            String name,
            String key,
            ExperimentSpec spec,
            Map<String, Double> zeroShot,
            Map<String, Double> scores,
            Map<String, Outcomes> outcomes,
            double validation,
            double deviation,
            History history,
            double cpuSeconds) {
        this(name, key, spec, zeroShot, scores, outcomes, Map.of(), validation, deviation, history, cpuSeconds);
    }

    /** A run of which only the scores are known. */
    public Run(
            String name,
            ExperimentSpec spec,
            Map<String, Double> zeroShot,
            Map<String, Double> scores,
            double validation,
            double deviation,
            History history,
            double cpuSeconds) {
        this(name, "", spec, zeroShot, scores, Map.of(), validation, deviation, history, cpuSeconds);
    }

    /**
     * Score in percent on a test set: accuracy, or what the world has instead.
     *
     * @throws IllegalArgumentException if it was not tested, with those that were
     */
    public double accuracy(String set) {
        Double score = scores.get(Known.require("test set", set, scores.keySet()));
        return java.util.Objects.requireNonNull(score);
    }

    /** Score in percent on the set trained on; NaN where no set is: see {@link #meanName}. */
    public double id() {
        return scores.getOrDefault(spec.trainedOn(), Double.NaN);
    }

    /** Mean score in percent on the sets not trained on: all of them where what was trained on is no set. */
    public double ood() {
        return ood(scores);
    }

    /** Whether what was trained on is a test set, so that there is an ID score. */
    public boolean hasId() {
        return scores.containsKey(spec.trainedOn());
    }

    /** What {@link #ood} is, for people. */
    public String meanName() {
        return scores.isEmpty() || hasId() ? "OOD mean" : "mean of all " + scores.size();
    }

    /** {@link #ood} before training. */
    public double oodBefore() {
        return ood(zeroShot);
    }

    /** Mean score in percent on some test sets, such as one of {@link SetGroups}; NaN where one of them was not tested. */
    public double mean(List<String> sets) {
        return mean(scores, sets);
    }

    /** {@link #mean} before training. */
    public double meanBefore(List<String> sets) {
        return mean(zeroShot, sets);
    }

    private static double mean(Map<String, Double> scores, List<String> sets) {
        return sets.stream()
                .mapToDouble(set -> scores.getOrDefault(set, Double.NaN))
                .average()
                .orElse(Double.NaN);
    }

    private double ood(Map<String, Double> accuracies) {
        return accuracies.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(spec.trainedOn()))
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Accuracy in percent on each kind of examples of a test set, in the order of their first examples.
     *
     * @param kinds of the examples, see {@link World#kinds}
     * @return empty where it is not known how each example was answered, and where the score is no mean over examples
     */
    public Map<String, Double> byKind(String set, List<String> kinds) {
        Map<String, Double> scores = new LinkedHashMap<>();
        if (outcomes.get(set) instanceof Shares shares && shares.examples() == kinds.size()) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (int i = 0; i < kinds.size(); i++) {
                scores.merge(kinds.get(i), 100 * shares.share(i), Double::sum);
                counts.merge(kinds.get(i), 1, Integer::sum);
            }
            scores.replaceAll((kind, sum) -> sum / counts.getOrDefault(kind, 1));
        }
        return scores;
    }

    /** Mean loss on texts of the pre-training after training, in nats per token; NaN where it was not measured. */
    public double retention() {
        return measures.getOrDefault(OpenWorld.RETENTION, Double.NaN);
    }

    /** This run with its scores on some sets only. */
    public Run on(List<String> sets) {
        return new Run(
                name,
                key,
                spec,
                only(zeroShot, sets),
                only(scores, sets),
                only(outcomes, sets),
                measures,
                validation,
                deviation,
                history,
                cpuSeconds);
    }

    private static <T> Map<String, T> only(Map<String, T> all, List<String> sets) {
        Map<String, T> some = new LinkedHashMap<>(all);
        some.keySet().retainAll(sets);
        return some;
    }

    /** Whether two runs differ in the method only: the same pre-training, domain and seed. */
    public boolean isPairedWith(Run other) {
        return spec.trainedOn().equals(other.spec.trainedOn())
                && spec.seed() == other.spec.seed()
                && spec.pretrained() == other.spec.pretrained();
    }

    /**
     * L2 distance of each tensor of {@link History#tensors} from the pre-trained one at the end of training, before a {@link
     * Finish}; none where the history is not known.
     */
    public List<Double> deviations() {
        List<LogEntry> reported = history.reported();
        return reported.isEmpty()
                ? List.of()
                : reported.get(reported.size() - 1).deviations();
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
                "%s: %s on %s, seed %d: %s%.1f %%, deviation %.2f",
                name.isEmpty() ? "run" : "run " + name,
                label(),
                spec.trainedOn(),
                spec.seed(),
                hasId() || scores.isEmpty()
                        ? String.format(java.util.Locale.ROOT, "ID %.1f %%, OOD ", id())
                        : meanName() + " ",
                ood(),
                deviation);
    }
}

package org.spdbook.experiment;

import java.util.Map;
import java.util.TreeMap;

/**
 * The one description of work: what a word on the command line means.
 *
 * @param experiment name of the world
 * @param trainedOn domain to train on
 * @param optimizer name of the optimiser
 * @param lr largest learning rate, per step
 * @param seed of order, augmentation and split
 * @param options of the optimiser, as typed, sorted
 */
public record ExperimentSpec(
        String experiment, String trainedOn, String optimizer, double lr, long seed, Map<String, String> options) {

    public ExperimentSpec {
        if (!(lr >= 0 && lr < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lr must be finite and >= 0, got " + lr + "; 1e-3 is a start");
        }
        options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** What tables call the strength: lambda, or 0 where the optimiser has none. */
    public double lambda() {
        return Double.parseDouble(options.getOrDefault("lambda", "0"));
    }
}

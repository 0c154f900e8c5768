package org.spdbook.magics.command;

import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Writing;
import org.spdbook.model.generation.Sampling;
import picocli.CommandLine;

/** The options that say how a text goes on. */
final class WritingOptions {

    @CommandLine.Option(
            names = "--tokens",
            paramLabel = "N",
            description = "tokens at most; when not said, as many as are usual for the model")
    private @Nullable Integer tokens;

    @CommandLine.Option(
            names = "--beams",
            paramLabel = "N",
            defaultValue = "1",
            description = "texts that a beam search pursues side by side (${DEFAULT-VALUE})")
    private int beams;

    @CommandLine.Option(
            names = "--temperature",
            paramLabel = "X",
            defaultValue = "0",
            description = "0 for the likeliest token each time, above it tokens are drawn at random (${DEFAULT-VALUE})")
    private double temperature;

    @CommandLine.Option(
            names = "--top-k",
            paramLabel = "N",
            description = "with --temperature: only the N likeliest tokens are drawn from")
    private @Nullable Integer topK;

    @CommandLine.Option(
            names = "--top-p",
            paramLabel = "X",
            description = "with --temperature: only the likeliest tokens that have this probability together, 0 to 1")
    private @Nullable Double topP;

    @CommandLine.Option(
            names = "--seed",
            paramLabel = "N",
            description = "with --temperature: equal seeds draw equal texts (0 when not said)")
    private @Nullable Long seed;

    /**
     * What is asked for.
     *
     * @throws IllegalArgumentException if a number is out of its range, or options do not go together
     */
    Writing writing() {
        if (temperature != 0) {
            var sampling = new Sampling(temperature, topK == null ? 0 : topK, topP == null ? 1 : topP);
            return new Writing(tokens, beams, sampling, seed == null ? 0 : seed);
        }
        refuse("--top-k", topK);
        refuse("--top-p", topP);
        refuse("--seed", seed);
        return new Writing(tokens, beams, null, 0);
    }

    private static void refuse(String option, @Nullable Object given) {
        if (given != null) {
            throw new IllegalArgumentException(option + " goes with a --temperature above 0, got " + given
                    + " without one; add e.g. --temperature 0.7, or leave it out");
        }
    }
}

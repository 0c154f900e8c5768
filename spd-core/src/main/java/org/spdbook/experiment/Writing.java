package org.spdbook.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.model.generation.GenerationConfig;
import org.spdbook.model.generation.Sampling;

/**
 * How a model is asked to go on with a text.
 *
 * @param tokens how many it writes at most, from 1; null for as many as are usual for it
 * @param beams texts that a beam search pursues side by side; 1 for the likeliest token each time
 * @param sampling how tokens are drawn at random; null for the likeliest ones
 * @param seed of the random numbers
 */
public record Writing(
        @Nullable Integer tokens, int beams, @Nullable Sampling sampling, long seed) {

    public Writing {
        // what can be wrong is wrong here, before a model is opened
        new GenerationConfig(tokens == null ? 1 : tokens, beams, sampling, List.of(), 0, Integer.MAX_VALUE);
    }

    /** The likeliest token each time, as many as are usual. */
    public static Writing greedy() {
        return new Writing(null, 1, null, 0);
    }

    /** The same with a number of tokens at most, where none is said. */
    Writing orTokens(int most) {
        return tokens == null ? new Writing(most, beams, sampling, seed) : this;
    }

    /** How many tokens a model writes at most. */
    int tokens(TextModel texts) {
        return tokens == null ? texts.usualTokens() : tokens;
    }

    /** As the generator takes it. */
    GenerationConfig config(TextModel texts) {
        GenerationConfig greedy = GenerationConfig.greedy(texts.model(), tokens(texts))
                .withBeams(beams)
                .withLongest(texts.longest());
        return sampling == null ? greedy : greedy.withSampling(sampling);
    }
}

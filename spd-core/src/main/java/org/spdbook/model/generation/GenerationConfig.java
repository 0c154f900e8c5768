package org.spdbook.model.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.model.CausalModel;

/**
 * How a text goes on.
 *
 * @param newTokens how many tokens are written at most, from 1; fewer where all texts have ended before
 * @param beams texts that a beam search pursues side by side; 1 for the likeliest token each time
 * @param sampling how tokens are drawn at random; null for the likeliest ones
 * @param ends ids that end a text; may be empty
 * @param padding id that fills texts that have ended; -1 for the first of the ends
 * @param longest how many tokens prompt and answer may have together
 */
public record GenerationConfig(
        int newTokens, int beams, @Nullable Sampling sampling, List<Integer> ends, int padding, int longest) {

    private static final int NONE = -1;

    public GenerationConfig {
        ends = List.copyOf(ends);
        if (newTokens < 1 || beams < 1) {
            throw new IllegalArgumentException(
                    "at least 1 new token and 1 beam are needed, got " + newTokens + " and " + beams);
        }
        if (sampling != null && beams > 1) {
            throw new IllegalArgumentException(
                    "a beam search takes the likeliest texts and draws none at random, got sampling and " + beams
                            + " beams; choose 1 beam, or leave sampling out");
        }
        if (padding < NONE || ends.stream().anyMatch(id -> id < 0)) {
            throw new IllegalArgumentException(
                    "ids start at 0, got " + ends + " as ends and " + padding + " as padding; correct them");
        }
    }

    /** The likeliest token each time, until the model's own ends, of any length; filled with the first end. */
    public static GenerationConfig greedy(CausalModel model, int newTokens) {
        return new GenerationConfig(newTokens, 1, null, model.ends(), NONE, Integer.MAX_VALUE);
    }

    /** With a beam search, or without one if {@code beams} is 1. */
    public GenerationConfig withBeams(int beams) {
        return new GenerationConfig(newTokens, beams, sampling, ends, padding, longest);
    }

    /** With tokens drawn at random. */
    public GenerationConfig withSampling(Sampling sampling) {
        return new GenerationConfig(newTokens, beams, sampling, ends, padding, longest);
    }

    /** With other ids that end a text. */
    public GenerationConfig withEnds(List<Integer> ends) {
        return new GenerationConfig(newTokens, beams, sampling, ends, padding, longest);
    }

    /** With another id that fills texts that have ended. */
    public GenerationConfig withPadding(int padding) {
        return new GenerationConfig(newTokens, beams, sampling, ends, padding, longest);
    }

    /** With a limit of the length, such as that of the texts of pre-training. */
    public GenerationConfig withLongest(int longest) {
        return new GenerationConfig(newTokens, beams, sampling, ends, padding, longest);
    }

    boolean isEnd(long id) {
        return ends.contains((int) id);
    }

    /**
     * The id that fills texts. Hugging Face transformers takes a padding of 0 for none in its beam search, where the first end then fills; so it is here,
     * for equal results.
     */
    long filling() {
        boolean first = padding == NONE || padding == 0 && beams > 1;
        return first && !ends.isEmpty() ? ends.get(0) : padding;
    }
}

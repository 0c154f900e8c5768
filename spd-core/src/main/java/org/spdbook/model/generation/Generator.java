package org.spdbook.model.generation;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.spdbook.model.CausalModel;
import org.spdbook.torch.Scope;

/**
 * Lets a language model write on, as {@code generate()} of Hugging Face transformers does: token for token the same where none is drawn at random. Keeps
 * no state between calls; as thread-safe as the model.
 *
 * {@snippet :
 * var generator = new Generator(model, GenerationConfig.greedy(model, 64));
 * long[][] texts = generator.generate(Prompts.of(List.of(new long[] {1, 103, 23}), 0));
 * }
 */
public final class Generator {

    private final CausalModel model;
    private final GenerationConfig config;

    /**
     * A generator.
     *
     * @throws IllegalArgumentException if there are more beams than ids, or an end is no id of the model
     */
    public Generator(CausalModel model, GenerationConfig config) {
        int vocabulary = model.vocabulary();
        if (config.beams() > vocabulary) {
            throw new IllegalArgumentException("a beam search needs at most as many beams as ids, got " + config.beams()
                    + " beams and a vocabulary of " + vocabulary + "; choose fewer beams, e.g. 4");
        }
        if (config.beams() > 1 && config.ends().size() >= vocabulary) {
            throw new IllegalArgumentException("a beam search needs an id that ends no text, got "
                    + config.ends().size() + " ends and a vocabulary of " + vocabulary + "; leave some ends out");
        }
        if (config.padding() >= vocabulary || config.ends().stream().anyMatch(id -> id >= vocabulary)) {
            throw new IllegalArgumentException("ends " + config.ends() + " and padding " + config.padding()
                    + " must be ids below " + vocabulary + ", the model's vocabulary; correct them");
        }
        this.model = model;
        this.config = config;
    }

    /** As {@link #generate(Prompts, RandomGenerator)}, of a generator without sampling. */
    public long[][] generate(Prompts prompts) {
        return generate(prompts, null);
    }

    /**
     * Writes on.
     *
     * @param random what tokens are drawn by; equal numbers give equal texts. Needed for sampling only
     * @return prompts, as they are filled, and what follows them, filled to one length once they have ended
     * @throws IllegalArgumentException if a prompt is too long, holds what is no id, or numbers for sampling are missing
     */
    public long[][] generate(Prompts prompts, @Nullable RandomGenerator random) {
        return generate(prompts, random, (text, id) -> {}, () -> false);
    }

    /**
     * As above, with somebody watching.
     *
     * @param listener is told each token; by a beam search only when all is written
     * @param cancelled asked before each token; once true, the texts so far are the result
     */
    public long[][] generate(
            Prompts prompts, @Nullable RandomGenerator random, TokenListener listener, BooleanSupplier cancelled) {
        check(prompts);
        if (config.sampling() != null && random == null) {
            throw new IllegalArgumentException(
                    "sampling needs random numbers, got none; give a generator of them, or leave sampling out");
        }
        try (Decoder decoder = new Decoder(model)) {
            if (config.beams() > 1) {
                return new BeamSearch(decoder, config, model.vocabulary()).generate(prompts, listener, cancelled);
            }
            return oneByOne(decoder, prompts, random, listener, cancelled);
        }
    }

    private void check(Prompts prompts) {
        long room = (long) config.longest() - config.newTokens();
        if (prompts.length() > room) {
            throw new IllegalArgumentException("a prompt of at most " + Math.max(0, room) + " tokens is possible with "
                    + config.newTokens() + " new ones and " + config.longest() + " in all, got one of "
                    + prompts.length() + "; shorten it, or ask for fewer new tokens");
        }
        for (long[] ids : prompts.ids()) {
            for (long id : ids) {
                if (!model.knows(id)) {
                    throw new IllegalArgumentException("ids of prompts must be from 0 to " + (model.vocabulary() - 1)
                            + ", got " + id + "; is the tokenizer the model's?");
                }
            }
        }
    }

    private long[][] oneByOne(
            Decoder decoder,
            Prompts prompts,
            @Nullable RandomGenerator random,
            TokenListener listener,
            BooleanSupplier cancelled) {
        int n = prompts.size();
        int begin = prompts.length();
        int length = begin;
        long[][] texts = new long[n][];
        for (int i = 0; i < n; i++) {
            texts[i] = Arrays.copyOf(prompts.ids()[i], begin + config.newTokens());
        }
        boolean[] ended = new boolean[n];
        long[] tokens = new long[0];
        for (int open = n; open > 0 && length < begin + config.newTokens() && !cancelled.getAsBoolean(); length++) {
            long[] before = tokens;
            float[] scores = Scope.compute(
                    () -> (before.length == 0 ? decoder.begin(prompts) : decoder.next(before)).toFloatArray());
            tokens = choose(scores, random);
            for (int i = 0; i < n; i++) {
                if (ended[i]) {
                    tokens[i] = config.filling();
                } else {
                    listener.token(i, tokens[i]);
                    ended[i] = config.isEnd(tokens[i]);
                    open -= ended[i] ? 1 : 0;
                }
                texts[i][length] = tokens[i];
            }
        }
        int all = length;
        return Arrays.stream(texts).map(text -> Arrays.copyOf(text, all)).toArray(long[][]::new);
    }

    private long[] choose(float[] scores, @Nullable RandomGenerator random) {
        long[] tokens = new long[scores.length / model.vocabulary()];
        for (int i = 0; i < tokens.length; i++) {
            float[] own = Arrays.copyOfRange(scores, i * model.vocabulary(), (i + 1) * model.vocabulary());
            Sampling sampling = config.sampling();
            // drawn for texts that have ended too, so that they change nothing for the others
            tokens[i] = sampling == null ? likeliest(own) : sampling.draw(own, Objects.requireNonNull(random));
        }
        return tokens;
    }

    /** The lowest id of equals. */
    private static int likeliest(float[] scores) {
        int best = 0;
        for (int id = 1; id < scores.length; id++) {
            best = scores[id] > scores[best] ? id : best;
        }
        return best;
    }
}

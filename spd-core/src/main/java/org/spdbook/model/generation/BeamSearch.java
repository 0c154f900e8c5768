package org.spdbook.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * Several texts of each prompt side by side, of which the likeliest go on. As {@code _beam_search} in transformers 5.18, generation/utils.py, with its
 * defaults: scores are sums of log-probabilities divided by the number of new tokens, and a search ends when no beam is better than the worst text that
 * has ended.
 */
final class BeamSearch {

    private final Decoder decoder;
    private final GenerationConfig config;
    private final int vocabulary;

    BeamSearch(Decoder decoder, GenerationConfig config, int vocabulary) {
        this.decoder = decoder;
        this.config = config;
        this.vocabulary = vocabulary;
    }

    long[][] generate(Prompts prompts, TokenListener listener, BooleanSupplier cancelled) {
        Beams[] all = Stream.generate(() -> new Beams(config, vocabulary))
                .limit(prompts.size())
                .toArray(Beams[]::new);
        boolean more = true;
        for (int written = 0; more && written < config.newTokens() && !cancelled.getAsBoolean(); written++) {
            boolean last = written + 1 == config.newTokens();
            boolean first = written == 0;
            boolean canGoOn = Scope.compute(() -> step(first ? begin(prompts, all) : next(all), all, last));
            more = canGoOn && Arrays.stream(all).anyMatch(Beams::canImprove);
        }
        return result(prompts, all, listener);
    }

    /** Scores behind the prompts, of each as often as there are beams. */
    private NDArray begin(Prompts prompts, Beams[] all) {
        NDArray scores = decoder.begin(prompts);
        long[] rows = IntStream.range(0, all.length * config.beams())
                .mapToLong(row -> row / config.beams())
                .toArray();
        decoder.reorder(rows);
        return Ops.rows(scores, scores.getManager().create(rows));
    }

    /** Scores behind the beams that go on. */
    private NDArray next(Beams[] all) {
        long[] rows = IntStream.range(0, all.length * config.beams())
                .mapToLong(row -> (long) row / config.beams() * config.beams()
                        + all[row / config.beams()].origins()[row % config.beams()])
                .toArray();
        decoder.reorder(rows);
        return decoder.next(Arrays.stream(all)
                .flatMapToLong(beams -> Arrays.stream(beams.tokens()))
                .toArray());
    }

    /** Takes one more token; whether any text is open after it. scores: [n * beams, vocabulary]. */
    private boolean step(NDArray scores, Beams[] all, boolean last) {
        float[] sums = new float[all.length * config.beams()];
        for (int i = 0; i < all.length; i++) {
            System.arraycopy(all[i].scores(), 0, sums, i * config.beams(), config.beams());
        }
        int candidates = Math.max(2, 1 + config.ends().size()) * config.beams();
        NDArray added =
                scores.logSoftmax(1).add(scores.getManager().create(sums).reshape(-1, 1));
        NDList best = added.reshape(all.length, -1).topK(candidates, 1, true, true);
        float[] values = best.get(0).toFloatArray();
        long[] indices = best.get(1).toLongArray();
        boolean open = false;
        for (int i = 0; i < all.length; i++) {
            int from = i * candidates;
            open |= all[i].step(
                    Arrays.copyOfRange(values, from, from + candidates),
                    Arrays.copyOfRange(indices, from, from + candidates),
                    last);
        }
        return open;
    }

    private long[][] result(Prompts prompts, Beams[] all, TokenListener listener) {
        long[][] answers = Arrays.stream(all).map(Beams::best).toArray(long[][]::new);
        int begin = prompts.length();
        int length = begin
                + Arrays.stream(answers).mapToInt(answer -> answer.length).max().orElse(0);
        long[][] texts = new long[answers.length][];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Arrays.copyOf(prompts.ids()[i], length);
            System.arraycopy(answers[i], 0, texts[i], begin, answers[i].length);
            Arrays.fill(texts[i], begin + answers[i].length, length, config.filling());
            for (long id : answers[i]) {
                listener.token(i, id);
            }
        }
        return texts;
    }
}

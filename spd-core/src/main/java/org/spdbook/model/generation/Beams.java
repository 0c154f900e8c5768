package org.spdbook.model.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The beams of one prompt: those that go on, and those that have ended. In float arithmetic, as the original's. */
final class Beams {

    /** Added to a score that must not win; what is left of the score is rounded away. */
    private static final float NEVER = -1e9f;

    private final GenerationConfig config;
    private final int vocabulary;

    private List<Beam> running;
    private List<Beam> ended;
    private int written;
    private boolean canImprove = true;

    /**
     * A text.
     *
     * @param tokens behind the prompt
     * @param origin which of the beams before it goes on from
     * @param score log-probability; of those that have ended by token
     * @param hasEnded with one of the ends, or because it is as long as may be
     */
    private record Beam(long[] tokens, int origin, float score, boolean hasEnded) {

        Beam scored(float other) {
            return new Beam(tokens, origin, other, hasEnded);
        }
    }

    Beams(GenerationConfig config, int vocabulary) {
        this.config = config;
        this.vocabulary = vocabulary;
        // all are the prompt: only the first may go on at first, else all would go on alike
        this.running = IntStream.range(0, config.beams())
                .mapToObj(i -> new Beam(new long[0], i, i == 0 ? 0 : NEVER, false))
                .toList();
        this.ended = running.stream().map(beam -> beam.scored(NEVER)).toList();
    }

    /**
     * Takes one more token.
     *
     * @param scores of the best texts with one more token, falling
     * @param indices beam * vocabulary + token of each
     * @param last whether no token can follow
     * @return whether one of these texts is open
     */
    boolean step(float[] scores, long[] indices, boolean last) {
        List<Beam> grown = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            int origin = (int) (indices[i] / vocabulary);
            long token = indices[i] % vocabulary;
            long[] tokens = Arrays.copyOf(running.get(origin).tokens(), written + 1);
            tokens[written] = token;
            grown.add(new Beam(tokens, origin, scores[i], last || config.isEnd(token)));
        }
        written++;
        running = best(grown.stream().map(beam -> beam.scored(beam.score() + (beam.hasEnded() ? NEVER : 0))));
        boolean canStillImprove = canImprove;
        // only what is among the best when it ends may be the result
        Stream<Beam> justEnded = IntStream.range(0, grown.size()).mapToObj(i -> {
            Beam beam = grown.get(i);
            boolean counts = beam.hasEnded() && i < config.beams();
            float score = beam.score() / written + (canStillImprove ? 0 : NEVER) + (counts ? 0 : NEVER);
            return new Beam(beam.tokens(), beam.origin(), score, counts);
        });
        ended = best(Stream.concat(ended.stream(), justEnded));
        float possible = running.get(0).score() / written;
        float worst = ended.get(ended.size() - 1).score();
        canImprove &= ended.stream().anyMatch(beam -> possible > (beam.hasEnded() ? worst : NEVER));
        return grown.stream().anyMatch(beam -> !beam.hasEnded());
    }

    private List<Beam> best(Stream<Beam> beams) {
        return beams.sorted(Comparator.comparingDouble(Beam::score).reversed()) // stable
                .limit(config.beams())
                .toList();
    }

    /** Whether a beam may become better than those that have ended. */
    boolean canImprove() {
        return canImprove;
    }

    /** Of those that go on, which beam before it each one goes on from. */
    int[] origins() {
        return running.stream().mapToInt(Beam::origin).toArray();
    }

    /** The last token of each that goes on. */
    long[] tokens() {
        return running.stream().mapToLong(beam -> beam.tokens()[written - 1]).toArray();
    }

    /** Scores of those that go on. */
    float[] scores() {
        float[] scores = new float[running.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = running.get(i).score();
        }
        return scores;
    }

    /** The tokens of the best text that has ended; of the best one so far, if none has. */
    long[] best() {
        Beam first = ended.get(0);
        return first.hasEnded() ? first.tokens() : running.get(0).tokens();
    }
}

package org.spdbook.twin.facts;

import java.util.Arrays;
import org.spdbook.twin.ReferenceRandom;

/**
 * The batches of the pre-training: documents one behind the other, each begun by {@link Vocabulary#BEGIN} and with nothing after it, cut
 * into rows wherever they end. What is left of the last document begins the next batch. Not thread-safe.
 */
final class PackedCorpus {

    /** Rows of a batch. */
    static final int ROWS = 32;

    /** Words of a row. */
    static final int LENGTH = 64;

    private static final long SEED = 11;

    private final Corpus corpus;
    private final Vocabulary vocabulary;
    private final ReferenceRandom random;
    private long[] left = {};

    /** The batches of a seed, from the first. */
    PackedCorpus(Corpus corpus, Vocabulary vocabulary, long seed) {
        this.corpus = corpus;
        this.vocabulary = vocabulary;
        this.random = new ReferenceRandom(SEED + seed);
    }

    /**
     * Ids of words, row by row.
     *
     * @param inputs [32, 64]
     * @param targets [32, 64]: the word after each of the inputs
     */
    record Batch(long[] inputs, long[] targets) {}

    /** The next batch; there is always one. */
    Batch next() {
        int words = ROWS * LENGTH;
        long[] ids = left;
        while (ids.length < words + 1) {
            long[] document = vocabulary.encodeFromBegin(corpus.document(random));
            int end = ids.length;
            ids = Arrays.copyOf(ids, end + document.length);
            System.arraycopy(document, 0, ids, end, document.length);
        }
        left = Arrays.copyOfRange(ids, words, ids.length);
        return new Batch(Arrays.copyOf(ids, words), Arrays.copyOfRange(ids, 1, words + 1));
    }
}

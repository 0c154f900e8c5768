package org.spdbook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.nn.KeyValueCache;

/** A language model that tells the next token from those before. */
public interface CausalModel {

    /**
     * Scores of the token behind the last one of each sequence; not recorded for gradients.
     *
     * @param ids the tokens that are not in the cache yet, [n, tokens], int64
     * @param attended 1 for tokens and 0 for padding, which stands on the left, of all tokens with those in the cache, [n, all], int64; null if
     *     there is no padding
     * @param cache of these sequences; grows by the tokens
     * @return [n, vocabulary], float32; the caller's scope owns it
     */
    NDArray next(NDArray ids, @Nullable NDArray attended, KeyValueCache cache);

    /** Number of ids. */
    int vocabulary();

    /** Whether a prompt may hold an id. */
    default boolean knows(long id) {
        return id >= 0 && id < vocabulary();
    }

    /** Ids that end a text; empty if the configuration names none. */
    List<Integer> ends();

    /** Where inputs are made; the model's device. */
    NDManager manager();
}

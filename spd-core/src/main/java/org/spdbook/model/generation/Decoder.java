package org.spdbook.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.spdbook.model.CausalModel;
import org.spdbook.nn.KeyValueCache;
import org.spdbook.torch.Scope;

/** Texts that grow by a token each time, with what the model remembers of them. Close it to free that. */
final class Decoder implements AutoCloseable {

    private final CausalModel model;
    private final KeyValueCache cache = new KeyValueCache();
    private long[][] attended = new long[0][];

    Decoder(CausalModel model) {
        this.model = model;
    }

    /** Scores of what follows prompts; the caller's scope owns them. */
    NDArray begin(Prompts prompts) {
        attended = prompts.attended().clone();
        return next(prompts.ids());
    }

    /** Scores of what follows one more token of each text, [n, vocabulary]; the caller's scope owns them. */
    NDArray next(long[] tokens) {
        for (int i = 0; i < attended.length; i++) {
            attended[i] = Arrays.copyOf(attended[i], attended[i].length + 1);
            attended[i][attended[i].length - 1] = 1;
        }
        return next(Arrays.stream(tokens).mapToObj(id -> new long[] {id}).toArray(long[][]::new));
    }

    private NDArray next(long[][] ids) {
        NDManager manager = model.manager();
        boolean filled = Arrays.stream(attended).anyMatch(mask -> mask[0] == 0);
        return Scope.of(() -> model.next(manager.create(ids), filled ? manager.create(attended) : null, cache));
    }

    /** Goes on from other texts, in another number if need be. rows: the text that each one goes on from. */
    void reorder(long[] rows) {
        attended =
                Arrays.stream(rows).mapToObj(row -> attended[(int) row].clone()).toArray(long[][]::new);
        Scope.run(() -> cache.reorder(model.manager().create(rows)));
    }

    @Override
    public void close() {
        cache.close();
    }
}

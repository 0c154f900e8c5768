package org.spdbook.experiment.photo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

/**
 * Decodes and augments pictures on worker threads: those of a batch side by side, and those of the next while the model works on this
 * one. What comes out does not depend on the number of workers: each picture has random numbers of its own. Used by one thread.
 */
final class PhotoLoader {

    private static final int WORKERS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    private static final ExecutorService POOL = Executors.newFixedThreadPool(WORKERS, work -> {
        Thread thread = new Thread(work, "pictures");
        thread.setDaemon(true);
        return thread;
    });

    private final PhotoReader reader;
    private final Skipped skipped;
    private final Deque<Begun> begun = new ArrayDeque<>();

    PhotoLoader(PhotoReader reader, Skipped skipped) {
        this.reader = reader;
        this.skipped = skipped;
    }

    /** A batch on its way. */
    private record Begun(int[] batch, int epoch, List<Future<@Nullable Example>> examples) {

        boolean is(int[] otherBatch, int otherEpoch) {
            return epoch == otherEpoch && Arrays.equals(batch, otherBatch);
        }
    }

    /** Begins with a batch for training that will be asked for soon: after those that are expected already. */
    void expect(int[] batch, Seeds seeds, int epoch) {
        begun.add(begin(batch, seeds, epoch));
    }

    /**
     * The pictures of a batch for training, without those that cannot be used.
     *
     * @throws IllegalStateException if none is left
     */
    List<Example> training(int[] batch, Seeds seeds, int epoch) {
        List<Example> examples = finished(taken(batch, seeds, epoch).examples);
        if (examples.isEmpty()) {
            throw new IllegalStateException(
                    "none of the " + batch.length + " pictures of a batch can be used; the first: "
                            + skipped.all().iterator().next() + "; check the data with: spd data EXPERIMENT --check");
        }
        return examples;
    }

    /** The batch as it was expected, without those before it, which nobody asked for; or begun now. */
    private Begun taken(int[] batch, Seeds seeds, int epoch) {
        if (begun.stream().noneMatch(one -> one.is(batch, epoch))) {
            return begin(batch, seeds, epoch);
        }
        while (true) {
            Begun first = begun.remove();
            if (first.is(batch, epoch)) {
                return first;
            }
        }
    }

    private Begun begin(int[] batch, Seeds seeds, int epoch) {
        List<Future<@Nullable Example>> examples = new ArrayList<>();
        for (int i : batch) {
            examples.add(begin(i, seeds.stream("augmentation", epoch, i)));
        }
        return new Begun(batch, epoch, examples);
    }

    private Future<@Nullable Example> begin(int i, @Nullable RandomStream augmentation) {
        return POOL.submit(() -> {
            try {
                return reader.read(i, augmentation);
            } catch (IOException e) {
                skipped.add(String.valueOf(e.getMessage()));
                return null;
            }
        });
    }

    /** Takes pictures of a test set. */
    interface Chunk {
        void of(List<Example> examples);
    }

    /** All pictures as they are tested, some at a time in order, without those that cannot be used. */
    void test(int chunk, Chunk taker) {
        List<Future<@Nullable Example>> next = chunk(0, chunk);
        for (int first = 0; first < reader.size(); first += chunk) {
            List<Future<@Nullable Example>> now = next;
            next = chunk(first + chunk, chunk);
            List<Example> examples = finished(now);
            if (!examples.isEmpty()) {
                taker.of(examples);
            }
        }
    }

    private List<Future<@Nullable Example>> chunk(int first, int size) {
        List<Future<@Nullable Example>> chunk = new ArrayList<>();
        for (int i = first; i < Math.min(first + size, reader.size()); i++) {
            chunk.add(begin(i, null));
        }
        return chunk;
    }

    private static List<Example> finished(List<Future<@Nullable Example>> examples) {
        List<Example> finished = new ArrayList<>();
        for (Future<@Nullable Example> one : examples) {
            try {
                Example example = one.get();
                if (example != null) {
                    finished.add(example);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("reading a picture failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while pictures were read", e);
            }
        }
        return finished;
    }
}

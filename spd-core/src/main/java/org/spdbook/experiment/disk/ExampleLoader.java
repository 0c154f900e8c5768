package org.spdbook.experiment.disk;

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
 * Reads examples from disk on worker threads, such as pictures that are decoded and augmented: those of a batch side by side, and those of the
 * next while the model works on this one. What comes out does not depend on the number of workers: each example has random numbers of its own.
 * Used by one thread.
 *
 * @param <E> an example as a model takes it
 */
public final class ExampleLoader<E> {

    private static final int WORKERS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    private static final ExecutorService POOL = Executors.newFixedThreadPool(WORKERS, work -> {
        Thread thread = new Thread(work, "examples");
        thread.setDaemon(true);
        return thread;
    });

    private final Source<E> reader;
    private final Skipped skipped;
    private final Deque<Begun<E>> expected = new ArrayDeque<>();

    /**
     * The examples of one set. Safe for several threads.
     *
     * @param <E> an example
     */
    public interface Source<E> {

        /** Number of examples. */
        int size();

        /**
         * An example.
         *
         * @param i from 0
         * @param augmentation for training; null for testing
         * @throws IOException if it is missing or cannot be used, in one sentence with its name
         */
        E read(int i, @Nullable RandomStream augmentation) throws IOException;
    }

    /**
     * A loader.
     *
     * @param skipped told what cannot be used
     */
    public ExampleLoader(Source<E> reader, Skipped skipped) {
        this.reader = reader;
        this.skipped = skipped;
    }

    /** A batch on its way. */
    private record Begun<E>(int[] batch, Seeds seeds, int epoch, List<Future<@Nullable E>> examples) {

        boolean is(int[] asked, Seeds of, int at) {
            return epoch == at && seeds.equals(of) && Arrays.equals(batch, asked);
        }

        void end() {
            examples.forEach(example -> example.cancel(false));
        }
    }

    /** Begins with a batch for training that will be asked for after those that are expected already. */
    public void expect(int[] batch, Seeds seeds, int epoch) {
        expected.add(begin(batch, seeds, epoch));
    }

    /**
     * The examples of a batch for training, without those that cannot be used.
     *
     * @throws IllegalStateException if none is left
     */
    public List<E> training(int[] batch, Seeds seeds, int epoch) {
        List<E> examples = finished(begun(batch, seeds, epoch).examples);
        if (examples.isEmpty()) {
            throw new IllegalStateException(
                    "none of the " + batch.length + " examples of a batch can be used; the first: "
                            + skipped.all().iterator().next() + "; check the data with: spd data EXPERIMENT --check");
        }
        return examples;
    }

    private Begun<E> begin(int[] batch, Seeds seeds, int epoch) {
        List<Future<@Nullable E>> examples = new ArrayList<>();
        for (int i : batch) {
            examples.add(begin(i, seeds.stream("augmentation", epoch, i)));
        }
        return new Begun<>(batch, seeds, epoch, examples);
    }

    /** What was begun of a batch, or else begins now; what was expected before it is not asked for any more. */
    private Begun<E> begun(int[] batch, Seeds seeds, int epoch) {
        while (!expected.isEmpty()) {
            Begun<E> first = expected.remove();
            if (first.is(batch, seeds, epoch)) {
                return first;
            }
            first.end();
        }
        return begin(batch, seeds, epoch);
    }

    private Future<@Nullable E> begin(int i, @Nullable RandomStream augmentation) {
        return POOL.submit(() -> {
            try {
                return reader.read(i, augmentation);
            } catch (IOException e) {
                skipped.add(String.valueOf(e.getMessage()));
                return null;
            }
        });
    }

    /**
     * Takes examples of a test set.
     *
     * @param <E> an example
     */
    @FunctionalInterface
    public interface Chunk<E> {

        /** Some of them, one at least, in order. */
        void of(List<E> examples);
    }

    /** All examples as they are tested, some at a time in order, without those that cannot be used. */
    public void test(int chunk, Chunk<E> taker) {
        List<Future<@Nullable E>> next = chunk(0, chunk);
        for (int first = 0; first < reader.size(); first += chunk) {
            List<Future<@Nullable E>> now = next;
            next = chunk(first + chunk, chunk);
            List<E> examples = finished(now);
            if (!examples.isEmpty()) {
                taker.of(examples);
            }
        }
    }

    private List<Future<@Nullable E>> chunk(int first, int size) {
        List<Future<@Nullable E>> chunk = new ArrayList<>();
        for (int i = first; i < Math.min(first + size, reader.size()); i++) {
            chunk.add(begin(i, null));
        }
        return chunk;
    }

    private static <E> List<E> finished(List<Future<@Nullable E>> examples) {
        List<E> finished = new ArrayList<>();
        for (Future<@Nullable E> one : examples) {
            try {
                E example = one.get();
                if (example != null) {
                    finished.add(example);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("reading an example failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while examples were read", e);
            }
        }
        return finished;
    }
}

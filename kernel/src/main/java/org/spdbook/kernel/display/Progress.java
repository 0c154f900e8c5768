package org.spdbook.kernel.display;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A bar that shows in one place how far a work is, with its rate and the time it has left. Sent at most every 100 ms, and at the end.
 *
 * <pre>{@code
 * for (Path file : Progress.of(files, "reading")) { ... }
 * long words = Progress.of(lines.stream(), "counting").mapToLong(...).sum();
 * try (var bar = Progress.open("training", 50)) { bar.advance(); bar.note("loss 0.31"); }
 * }</pre>
 *
 * <p>A loop that is left early, by break, by an exception or by an interrupt, leaves a bar that says so when the cell ends. Safe for
 * any thread.
 */
public final class Progress implements AutoCloseable {

    /** For a work of which nobody knows how many steps it has. */
    public static final long UNKNOWN = -1;

    private static final long PERIOD_NANOS = 100_000_000;

    private final String title;
    private final long total;
    private final LongSupplier clock;
    private final long began;
    private final DisplayHandle output;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong next;
    private volatile String note = "";
    private boolean closed;

    Progress(String title, long total, DisplayTarget cell, LongSupplier clock) {
        this.title = title;
        this.total = total;
        this.clock = clock;
        began = clock.getAsLong();
        next = new AtomicLong(began + PERIOD_NANOS);
        output = cell.display(state(ProgressState.Phase.RUNNING));
        cell.onEnd(this::pause);
    }

    /**
     * Shows an empty bar.
     *
     * @param total of the steps that {@link #advance} will count, or {@link #UNKNOWN}
     */
    public static Progress open(String title, long total) {
        return new Progress(title, total, CurrentCell.get(), System::nanoTime);
    }

    /** The same elements; each loop over them shows a bar. */
    public static <T> Iterable<T> of(Iterable<T> items, String title) {
        return () -> {
            long total = items instanceof Collection<?> all ? all.size() : UNKNOWN;
            return new Counting<>(items.iterator(), open(title, total));
        };
    }

    /** The elements of an array; each loop over them shows a bar. */
    public static <T> Iterable<T> of(T[] items, String title) {
        return of(Arrays.asList(items), title);
    }

    /** The whole numbers from the first, before the last; each loop over them shows a bar. */
    public static Iterable<Integer> range(int from, int to, String title) {
        return () -> new Counting<>(IntStream.range(from, to).iterator(), open(title, Math.max(0L, (long) to - from)));
    }

    /** The same stream, sequential or parallel; the bar is shown when elements begin to flow. */
    public static <T> Stream<T> of(Stream<T> items, String title) {
        boolean parallel = items.isParallel();
        return StreamSupport.stream(() -> counting(items.spliterator(), title), Spliterator.ORDERED, parallel)
                .onClose(items::close);
    }

    private static <T> Spliterator<T> counting(Spliterator<T> items, String title) {
        return new CountingSpliterator<>(items, open(title, items.getExactSizeIfKnown()));
    }

    /** One step is done. */
    public void advance() {
        advance(1);
    }

    /** Some steps are done. */
    public void advance(long steps) {
        done.addAndGet(steps);
        long now = clock.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PERIOD_NANOS)) {
            send(ProgressState.Phase.RUNNING);
        }
    }

    /** What is said after the bar from the next time it is sent, such as the loss. */
    public void note(String text) {
        note = text;
    }

    /** The work is over; the bar stays, and says whether all steps were done. Nothing when it was closed before. */
    @Override
    public synchronized void close() {
        if (!closed) {
            pause();
            closed = true;
        }
    }

    /** Shows where the work is when its cell ends; a thread that works on is shown as running with its next steps. */
    private synchronized void pause() {
        send(total < 0 || done.get() < total ? ProgressState.Phase.STOPPED : ProgressState.Phase.FINISHED);
    }

    private synchronized void finish() {
        send(ProgressState.Phase.FINISHED);
        closed = true;
    }

    private synchronized void send(ProgressState.Phase phase) {
        if (!closed) {
            output.update(state(phase));
        }
    }

    private DisplayBundle state(ProgressState.Phase phase) {
        return new ProgressState(title, done.get(), total, (clock.getAsLong() - began) / 1e9, phase, note).bundle();
    }

    /** Counts an element when the one after it is asked for, which is when it is done. */
    private static final class Counting<T> implements Iterator<T> {

        private final Iterator<? extends T> items;
        private final Progress bar;
        private boolean open;

        Counting(Iterator<? extends T> items, Progress bar) {
            this.items = items;
            this.bar = bar;
        }

        @Override
        public boolean hasNext() {
            if (open) {
                open = false;
                bar.advance();
            }
            boolean more = items.hasNext();
            if (!more) {
                bar.finish();
            }
            return more;
        }

        @Override
        public T next() {
            if (open) {
                bar.advance();
            }
            T item = items.next();
            open = true;
            return item;
        }

        @Override
        public void remove() {
            items.remove();
        }
    }

    /** Counts what flows through all its parts; the part that sees the end of all finishes the bar. */
    private static final class CountingSpliterator<T> implements Spliterator<T> {

        private final Spliterator<T> items;
        private final Progress bar;
        private final AtomicLong parts;
        private boolean over;

        CountingSpliterator(Spliterator<T> items, Progress bar) {
            this(items, bar, new AtomicLong(1));
        }

        private CountingSpliterator(Spliterator<T> items, Progress bar, AtomicLong parts) {
            this.items = items;
            this.bar = bar;
            this.parts = parts;
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> action) {
            boolean more = items.tryAdvance(item -> {
                action.accept(item);
                bar.advance();
            });
            if (!more) {
                end();
            }
            return more;
        }

        @Override
        public void forEachRemaining(Consumer<? super T> action) {
            items.forEachRemaining(item -> {
                action.accept(item);
                bar.advance();
            });
            end();
        }

        private void end() {
            if (!over) {
                over = true;
                if (parts.decrementAndGet() == 0) {
                    bar.finish();
                }
            }
        }

        @Override
        public @Nullable Spliterator<T> trySplit() {
            Spliterator<T> half = items.trySplit();
            if (half == null) {
                return null;
            }
            parts.incrementAndGet();
            return new CountingSpliterator<>(half, bar, parts);
        }

        @Override
        public long estimateSize() {
            return items.estimateSize();
        }

        @Override
        public int characteristics() {
            return items.characteristics() & ~Spliterator.SORTED;
        }
    }
}

package org.spdbook.experiment.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class PhotoLoaderTest {

    private static final int BATCHES = 6;
    private static final int BATCH = 4;

    private final AtomicIntegerArray reads = new AtomicIntegerArray(BATCHES * BATCH);
    private final PhotoLoader loader = new PhotoLoader(
            new PhotoReader() {
                @Override
                public int size() {
                    return reads.length();
                }

                @Override
                public int side() {
                    return 1;
                }

                @Override
                public int labels() {
                    return 1;
                }

                @Override
                public Example read(int i, @Nullable RandomStream augmentation) {
                    reads.incrementAndGet(i);
                    return new Example(new float[3], new long[] {i});
                }
            },
            new Skipped());

    private static int[] batch(int number) {
        int first = number * BATCH;
        return new int[] {first, first + 1, first + 2, first + 3};
    }

    /** As the trainer asks: the next batch is announced before this one is taken. */
    @Test
    void should_read_each_picture_once_when_the_next_batch_is_always_expected() {
        var seeds = new Seeds(0);
        List<Long> taken = new ArrayList<>();
        for (int number = 0; number < BATCHES; number++) {
            if (number + 1 < BATCHES) {
                loader.expect(batch(number + 1), seeds, 0);
            }
            loader.training(batch(number), seeds, 0).forEach(example -> taken.add(example.labels()[0]));
        }

        assertThat(taken).hasSize(BATCHES * BATCH).isSorted();
        for (int i = 0; i < reads.length(); i++) {
            assertThat(reads.get(i)).as("picture " + i).isEqualTo(1);
        }
    }

    @Test
    void should_give_what_is_asked_for_when_another_batch_was_expected() {
        var seeds = new Seeds(0);
        loader.expect(batch(1), seeds, 0);
        loader.expect(batch(2), seeds, 0);

        assertThat(loader.training(batch(2), seeds, 0))
                .extracting(example -> example.labels()[0])
                .contains(8L);
        assertThat(loader.training(batch(1), seeds, 0))
                .extracting(example -> example.labels()[0])
                .contains(4L);
        assertThat(loader.training(batch(2), seeds, 1)).hasSize(BATCH);
    }
}

package org.spdbook.experiment.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class PhotoLoaderTest {

    private static final Seeds SEEDS = new Seeds(0);
    private static final int[] FIRST = {4, 2};
    private static final int[] SECOND = {0, 5};
    private static final int[] THIRD = {1, 3};

    /** Gives the number of a picture and one of its augmentation, and counts. */
    private static final class Counting implements PhotoReader {

        private final Map<Integer, Integer> read = new ConcurrentHashMap<>();
        private final Set<Integer> broken = Collections.synchronizedSet(new HashSet<>());

        @Override
        public int size() {
            return 6;
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
        public Example read(int i, @Nullable RandomStream augmentation) throws IOException {
            read.merge(i, 1, Integer::sum);
            if (broken.contains(i)) {
                throw new IOException("picture " + i + " cannot be used");
            }
            float drawn = augmentation == null ? 0 : (float) augmentation.nextDouble();
            return new Example(new float[] {drawn}, new long[] {i});
        }
    }

    private final Counting reader = new Counting();
    private final Skipped skipped = new Skipped();
    private final PhotoLoader loader = new PhotoLoader(reader, skipped);

    private static List<Long> pictures(List<Example> batch) {
        return batch.stream().map(example -> example.labels()[0]).toList();
    }

    @Test
    void should_read_each_picture_once_when_batches_are_expected_a_step_ahead() {
        loader.expect(FIRST, SEEDS, 0);
        loader.expect(SECOND, SEEDS, 0);
        assertThat(pictures(loader.training(FIRST, SEEDS, 0))).containsExactly(4L, 2L);
        loader.expect(THIRD, SEEDS, 0);
        assertThat(pictures(loader.training(SECOND, SEEDS, 0))).containsExactly(0L, 5L);
        assertThat(pictures(loader.training(THIRD, SEEDS, 0))).containsExactly(1L, 3L);

        assertThat(reader.read)
                .hasSize(6)
                .allSatisfy((picture, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void should_give_what_was_asked_for_when_another_batch_epoch_or_seed_was_expected() {
        float drawn = loader.training(FIRST, new Seeds(7), 1).get(0).input()[0];

        loader.expect(SECOND, SEEDS, 0);
        loader.expect(FIRST, SEEDS, 1);
        loader.expect(FIRST, new Seeds(7), 0);

        assertThat(loader.training(FIRST, new Seeds(7), 1).get(0).input()[0]).isEqualTo(drawn);
        assertThat(loader.training(FIRST, SEEDS, 1).get(0).input()[0]).isNotEqualTo(drawn);
    }

    @Test
    void should_leave_out_and_name_what_cannot_be_used_when_a_batch_or_a_test_set_is_read() {
        reader.broken.add(4);

        assertThat(pictures(loader.training(FIRST, SEEDS, 0))).containsExactly(2L);
        var tested = new java.util.ArrayList<Long>();
        loader.test(4, examples -> tested.addAll(pictures(examples)));

        assertThat(tested)
                .containsExactlyElementsOf(
                        IntStream.of(0, 1, 2, 3, 5).mapToLong(i -> i).boxed().toList());
        assertThat(skipped.all()).containsExactly("picture 4 cannot be used");
    }
}

package org.spdbook.experiment.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class ExampleLoaderTest {

    private static final Seeds SEEDS = new Seeds(0);
    private static final int[] FIRST = {4, 2};
    private static final int[] SECOND = {0, 5};
    private static final int[] THIRD = {1, 3};

    private record Example(int number, float drawn) {}

    /** Gives the number of an example and one of its augmentation, and counts. */
    private static final class Counting implements ExampleLoader.Source<Example> {

        private final Map<Integer, Integer> read = new ConcurrentHashMap<>();
        private final Set<Integer> broken = Collections.synchronizedSet(new HashSet<>());

        @Override
        public int size() {
            return 6;
        }

        @Override
        public Example read(int i, @Nullable RandomStream augmentation) throws IOException {
            read.merge(i, 1, Integer::sum);
            if (broken.contains(i)) {
                throw new IOException("example " + i + " cannot be used");
            }
            float drawn = augmentation == null ? 0 : (float) augmentation.nextDouble();
            return new Example(i, drawn);
        }
    }

    private final Counting reader = new Counting();
    private final Skipped skipped = new Skipped();
    private final ExampleLoader<Example> loader = new ExampleLoader<>(reader, skipped);

    private static List<Integer> numbers(List<Example> batch) {
        return batch.stream().map(Example::number).toList();
    }

    @Test
    void should_read_each_example_once_when_batches_are_expected_a_step_ahead() {
        loader.expect(FIRST, SEEDS, 0);
        loader.expect(SECOND, SEEDS, 0);
        assertThat(numbers(loader.training(FIRST, SEEDS, 0))).containsExactly(4, 2);
        loader.expect(THIRD, SEEDS, 0);
        assertThat(numbers(loader.training(SECOND, SEEDS, 0))).containsExactly(0, 5);
        assertThat(numbers(loader.training(THIRD, SEEDS, 0))).containsExactly(1, 3);

        assertThat(reader.read)
                .hasSize(6)
                .allSatisfy((example, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void should_give_what_was_asked_for_when_another_batch_epoch_or_seed_was_expected() {
        float drawn = loader.training(FIRST, new Seeds(7), 1).get(0).drawn();

        loader.expect(SECOND, SEEDS, 0);
        loader.expect(FIRST, SEEDS, 1);
        loader.expect(FIRST, new Seeds(7), 0);

        assertThat(loader.training(FIRST, new Seeds(7), 1).get(0).drawn()).isEqualTo(drawn);
        assertThat(loader.training(FIRST, SEEDS, 1).get(0).drawn()).isNotEqualTo(drawn);
    }

    @Test
    void should_leave_out_and_name_what_cannot_be_used_when_a_batch_or_a_test_set_is_read() {
        reader.broken.add(4);

        assertThat(numbers(loader.training(FIRST, SEEDS, 0))).containsExactly(2);
        var tested = new java.util.ArrayList<Integer>();
        loader.test(4, examples -> tested.addAll(numbers(examples)));

        assertThat(tested).containsExactly(0, 1, 2, 3, 5);
        assertThat(skipped.all()).containsExactly("example 4 cannot be used");
    }
}

package org.spdbook.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.spdbook.train.Gradients;
import org.spdbook.train.Task;

/**
 * How the gradient of a batch is computed within the memory there is.
 *
 * @param accumulate parts of one size that a batch is computed in, one after the other; 1 for all at once
 * @param statistics what a normalisation by the batch goes by when there are parts
 * @param gradients how the gradient of a part is computed
 */
public record Computing(int accumulate, Statistics statistics, Gradients gradients) {

    /** All at once. */
    public static final Computing USUAL = new Computing(1, Statistics.BATCH, Gradients.USUAL);

    /** What a normalisation by the batch, and a mean over what is scored of it, go by. */
    public enum Statistics {
        /** The batch: there can be no parts. */
        BATCH,
        /** Each part by itself: another training than that of the whole batch. */
        PART;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** All words. */
        public static List<String> words() {
            return Arrays.stream(values()).map(Statistics::word).toList();
        }

        /** That of a word. */
        public static Statistics of(String word) {
            return valueOf(Known.require("statistics", word, words()).toUpperCase(Locale.ROOT));
        }
    }

    /** Refuses a batch that cannot be cut into parts of one size. */
    void checkFor(int batch) {
        if (accumulate < 1 || batch % accumulate != 0) {
            String divisors = String.join(
                    ", ",
                    IntStream.rangeClosed(1, batch)
                            .filter(parts -> batch % parts == 0)
                            .mapToObj(Integer::toString)
                            .toList());
            throw new IllegalArgumentException("a batch of " + batch + " cannot be cut into accumulate=" + accumulate
                    + " parts of one size; choose one of " + divisors);
        }
    }

    /**
     * Refuses parts of batches whose loss is not the mean of theirs, unless it is asked for.
     *
     * @throws IllegalArgumentException in that case
     */
    void checkFor(Task task, int batch) {
        if (accumulate > 1 && statistics == Statistics.BATCH && !task.isMeanOfParts()) {
            throw new IllegalArgumentException("accumulate=" + accumulate + " was asked for, but this model's loss of "
                    + batch + " examples is not the mean of that of " + batch / accumulate
                    + " at a time: it normalises by the batch; leave accumulate=1, or say statistics=part to normalise"
                    + " by each part");
        }
    }
}

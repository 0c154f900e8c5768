package org.spdbook.data.commonsense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Batches of ids, with the padding on the left, as {@code finetune.py} of LLM-Adapters and its collator make them for LLaMA. Thread-safe if
 * the tokenizer is.
 *
 * @param encode ids of a text, {@link #BOS} first and no {@link #EOS} last, not truncated
 * @param trainsOnInputs whether the prompt is trained on too, as in the original, or the output alone
 */
public record CommonsenseEncoding(Function<String, long[]> encode, boolean trainsOnInputs) {

    /** Most ids of an example that is trained on. */
    public static final int LONGEST = 256;

    /** Id that begins a text. */
    public static final long BOS = 1;

    /** Id that ends a text. */
    public static final long EOS = 2;

    /** Id that fills a row, which is that of unknown words. */
    public static final long PAD = 0;

    /** Label of places that do not count in the loss. */
    public static final long IGNORED = -100;

    private static final int MULTIPLE = 8;

    /**
     * Rows to train on, all of one length, a multiple of 8.
     *
     * @param ids filled up on the left with {@link #PAD}
     * @param mask 1 where a text is, 0 where a row is filled up
     * @param labels the id at each place that counts, not shifted; {@link #IGNORED} at the others
     */
    public record Batch(long[][] ids, long[][] mask, long[][] labels) {}

    /**
     * Items to train on, each with its output.
     *
     * @throws IllegalArgumentException if there are none, or the tokenizer does not begin a text with {@link #BOS}
     */
    public Batch training(List<CommonsenseItem> items) {
        List<long[]> ids = new ArrayList<>();
        List<long[]> labels = new ArrayList<>();
        for (CommonsenseItem item : items) {
            long[] text = ended(truncated(CommonsensePrompt.training(item)));
            long[] counted = text.clone();
            if (!trainsOnInputs) {
                int question = truncated(CommonsensePrompt.question(item)).length;
                Arrays.fill(counted, 0, Math.min(question, counted.length), IGNORED);
            }
            ids.add(text);
            labels.add(counted);
        }
        int width = width(ids);
        return new Batch(filled(ids, width, PAD), mask(ids, width), filled(labels, width, IGNORED));
    }

    /**
     * Ids of a prompt to be gone on with, not truncated; {@link org.spdbook.model.generation.Prompts#of} makes rows of several.
     *
     * @throws IllegalArgumentException if the tokenizer does not begin it with {@link #BOS}
     */
    public long[] prompt(String text) {
        long[] ids = encode.apply(text);
        if (ids.length == 0 || ids[0] != BOS) {
            throw new IllegalArgumentException("the tokenizer should begin every text with id " + BOS + ", it began \""
                    + CommonsensePrompt.shortened(text) + "\" with "
                    + (ids.length == 0 ? "none" : String.valueOf(ids[0])) + "; take LLaMA's tokenizer.json");
        }
        return ids;
    }

    private long[] truncated(String text) {
        long[] ids = prompt(text);
        return ids.length > LONGEST ? Arrays.copyOf(ids, LONGEST) : ids;
    }

    private static long[] ended(long[] ids) {
        if (ids.length == LONGEST || ids[ids.length - 1] == EOS) {
            return ids;
        }
        long[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = EOS;
        return ended;
    }

    private static int width(List<long[]> rows) {
        int longest = rows.stream()
                .mapToInt(row -> row.length)
                .max()
                .orElseThrow(() -> new IllegalArgumentException("a batch needs at least 1 text, got none"));
        return (longest + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    }

    private static long[][] filled(List<long[]> rows, int width, long fill) {
        long[][] filled = new long[rows.size()][width];
        for (int i = 0; i < filled.length; i++) {
            long[] row = rows.get(i);
            Arrays.fill(filled[i], 0, width - row.length, fill);
            System.arraycopy(row, 0, filled[i], width - row.length, row.length);
        }
        return filled;
    }

    private static long[][] mask(List<long[]> rows, int width) {
        List<long[]> ones = new ArrayList<>();
        for (long[] row : rows) {
            long[] one = new long[row.length];
            Arrays.fill(one, 1);
            ones.add(one);
        }
        return filled(ones, width, 0);
    }
}

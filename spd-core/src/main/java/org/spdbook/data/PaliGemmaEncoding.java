package org.spdbook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Questions about images, and answers, as ids for PaliGemma: as many ids of the image as it has tokens, {@code <bos>}, the question and a line break, then, apart,
 * the answer and {@code <eos>}. As {@code PaliGemmaProcessor} of transformers 5.18, of one image each. Immutable.
 */
public final class PaliGemmaEncoding {

    /** Label of places that do not count in the loss. */
    public static final long IGNORED = -100;

    /** Id that fills a row. */
    public static final long PAD = 0;

    private final Function<String, long[]> encode;
    private final int imageTokens;
    private final long imageId;

    /**
     * An encoding.
     *
     * @param encode ids of a text alone, those of special tokens that are written out in it too: {@link TextTokenizer#encodePlain}
     * @param imageTokens of an image, at least 1
     * @param imageId id that stands in their places
     */
    public PaliGemmaEncoding(Function<String, long[]> encode, int imageTokens, long imageId) {
        if (imageTokens < 1) {
            throw new IllegalArgumentException(
                    "an image needs at least 1 token, got " + imageTokens + "; PaliGemma has 256 for 224 pixels");
        }
        this.encode = encode;
        this.imageTokens = imageTokens;
        this.imageId = imageId;
    }

    /**
     * Rows to train on, all of one length, filled up on the left.
     *
     * @param ids filled with {@link #PAD}
     * @param types 1 in the answer, else 0
     * @param mask 1 where a text is, 0 where a row is filled up
     * @param labels the id at each place of the answer, not shifted; {@link #IGNORED} at the others
     */
    public record Batch(long[][] ids, long[][] types, long[][] mask, long[][] labels) {}

    /**
     * Ids of image and question, to be gone on with.
     *
     * @throws IllegalArgumentException if the question has an image's id itself
     */
    public long[] prompt(String question) {
        long[] text = encode.apply("<bos>" + question + "\n");
        if (LongStream.of(text).anyMatch(id -> id == imageId)) {
            throw new IllegalArgumentException("the question \"" + question + "\" holds the token of an image, of which"
                    + " each has one already; take it out");
        }
        return LongStream.concat(LongStream.generate(() -> imageId).limit(imageTokens), LongStream.of(text))
                .toArray();
    }

    /**
     * Questions to train on, each with its answer.
     *
     * @param answers of the questions, in their order
     * @throws IllegalArgumentException if there are none, or not as many of both, or as {@link #prompt}
     */
    public Batch training(List<String> questions, List<String> answers) {
        if (questions.isEmpty() || questions.size() != answers.size()) {
            throw new IllegalArgumentException("a batch needs at least 1 question and as many answers, got "
                    + questions.size() + " and " + answers.size());
        }
        List<long[]> prompts = questions.stream().map(this::prompt).toList();
        List<long[]> ends =
                answers.stream().map(answer -> encode.apply(answer + "<eos>")).toList();
        int width = 0;
        for (int i = 0; i < prompts.size(); i++) {
            width = Math.max(width, prompts.get(i).length + ends.get(i).length);
        }
        List<long[]> ids = new ArrayList<>();
        List<long[]> types = new ArrayList<>();
        List<long[]> mask = new ArrayList<>();
        List<long[]> labels = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            long[] prompt = prompts.get(i);
            long[] answer = ends.get(i);
            ids.add(row(width, PAD, prompt, answer));
            types.add(row(width, 0, filled(prompt.length, 0), filled(answer.length, 1)));
            mask.add(row(width, 0, filled(prompt.length, 1), filled(answer.length, 1)));
            labels.add(row(width, IGNORED, filled(prompt.length, IGNORED), answer));
        }
        return new Batch(table(ids), table(types), table(mask), table(labels));
    }

    private static long[] row(int width, long filling, long[] prompt, long[] answer) {
        long[] row = new long[width];
        int begin = width - prompt.length - answer.length;
        Arrays.fill(row, 0, begin, filling);
        System.arraycopy(prompt, 0, row, begin, prompt.length);
        System.arraycopy(answer, 0, row, begin + prompt.length, answer.length);
        return row;
    }

    private static long[] filled(int length, long value) {
        long[] row = new long[length];
        Arrays.fill(row, value);
        return row;
    }

    private static long[][] table(List<long[]> rows) {
        return rows.toArray(long[][]::new);
    }
}

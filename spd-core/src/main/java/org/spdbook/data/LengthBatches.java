package org.spdbook.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Texts put together by their lengths, so that little of a batch is filling. */
public final class LengthBatches {

    private LengthBatches() {}

    /**
     * Places of texts in batches, short ones first, those of one length in their order.
     *
     * @param texts ids of each
     * @param size most texts of a batch, at least 1
     */
    public static List<List<Integer>> of(List<long[]> texts, int size) {
        int[] lengths = texts.stream().mapToInt(text -> text.length).toArray();
        List<Integer> order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> lengths[i]))
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        for (int from = 0; from < order.size(); from += size) {
            batches.add(order.subList(from, Math.min(order.size(), from + size)));
        }
        return batches;
    }
}

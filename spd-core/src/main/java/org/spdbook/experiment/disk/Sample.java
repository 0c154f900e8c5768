package org.spdbook.experiment.disk;

import java.util.ArrayList;
import java.util.List;
import org.spdbook.train.Seeds;

/** A part of a list that is the same for all runs. */
public final class Sample {

    private Sample() {}

    /**
     * Some of a list, in its order.
     *
     * @param count how many; at least one is taken, and at most all
     * @param purpose lists of other purposes are drawn from otherwise
     */
    public static <T> List<T> of(List<T> list, long count, String purpose) {
        boolean[] drawn = new boolean[list.size()];
        int[] order = new Seeds(0).stream("part " + purpose, 0, 0).permutation(list.size());
        for (int i = 0; i < Math.min(list.size(), Math.max(1, count)); i++) {
            drawn[order[i]] = true;
        }
        List<T> some = new ArrayList<>();
        for (int i = 0; i < drawn.length; i++) {
            if (drawn[i]) {
                some.add(list.get(i));
            }
        }
        return List.copyOf(some);
    }
}

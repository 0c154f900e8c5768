package org.spdbook.experiment.photo;

import java.util.ArrayList;
import java.util.List;
import org.spdbook.data.LabelledFile;
import org.spdbook.train.Seeds;

/**
 * How much of a data set is used, the same for every seed: the first classes by label, and a share of every list.
 *
 * @param fraction above 0, at most 1
 * @param classes how many, at least 2
 */
public record PhotoPart(double fraction, int classes) {

    /**
     * The part that settings choose; all where they choose none.
     *
     * @param all classes that there are
     * @param data its name, for errors
     * @throws IllegalArgumentException if it is out of its range
     */
    public static PhotoPart of(PhotoSettings settings, int all, String data) {
        double fraction = settings.number(PhotoSettings.FRACTION, 1);
        int classes = settings.whole(PhotoSettings.CLASSES, all);
        int most = settings.whole(PhotoSettings.MOST_STEPS, Integer.MAX_VALUE);
        if (!(fraction > 0 && fraction <= 1) || classes < 2 || most < 1) {
            throw new IllegalArgumentException("a part of " + data + " has a fraction above 0 and at most 1, at least 2"
                    + " classes and max-steps >= 1, got fraction " + fraction + ", classes " + classes + ", max-steps "
                    + most);
        }
        return new PhotoPart(fraction, Math.min(classes, all));
    }

    /** Of a list, in its order; at least one of those of the classes. */
    public List<LabelledFile> of(List<LabelledFile> list, String purpose) {
        return some(list.stream().filter(file -> file.label() < classes).toList(), purpose);
    }

    /** A share of a list, in its order; at least one. */
    public <T> List<T> some(List<T> list, String purpose) {
        if (fraction == 1) {
            return list;
        }
        boolean[] drawn = new boolean[list.size()];
        int[] order = new Seeds(0).stream("part " + purpose, 0, 0).permutation(list.size());
        int count = (int) Math.max(Math.min(1, list.size()), Math.round(list.size() * fraction));
        for (int i = 0; i < count; i++) {
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

package org.spdbook.experiment.photo;

import java.util.List;
import org.spdbook.data.LabelledFile;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.experiment.disk.Sample;

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
    public static PhotoPart of(DiskSettings settings, int all, String data) {
        double fraction = settings.number(DiskSettings.FRACTION, 1);
        int classes = settings.whole(PhotoSettings.CLASSES, all);
        int most = settings.whole(DiskSettings.MOST_STEPS, Integer.MAX_VALUE);
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
        return fraction == 1 ? list : Sample.of(list, Math.round(list.size() * fraction), purpose);
    }
}

package org.spdbook.experiment.photo;

import java.util.List;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.optim.OptionSpec;

/** What can be set of an experiment on photographs alone. */
public final class PhotoSettings {

    /** Number of classes, the first ones by label. */
    public static final String CLASSES = "classes";

    /** Mean and deviation of the pictures, a {@link org.spdbook.data.Normalization}. */
    public static final String NORMALIZATION = "normalization";

    private PhotoSettings() {}

    /** Those of a part of a data set: a tenth of the pictures of all its classes, a thousand steps. */
    public static List<OptionSpec> part(int classes) {
        return List.of(
                OptionSpec.number(DiskSettings.FRACTION, .1, "share of the pictures of every list"),
                OptionSpec.pattern(CLASSES, Integer.toString(classes), "classes, the first ones by label", List.of()),
                OptionSpec.pattern(DiskSettings.MOST_STEPS, "1000", "steps after which training ends", List.of()));
    }
}

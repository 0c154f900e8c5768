package org.spdbook.experiment.photo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spdbook.data.Mixing;
import org.spdbook.data.Normalization;
import org.spdbook.data.RandAugment;
import org.spdbook.experiment.disk.DiskSettings;
import org.spdbook.optim.OptionSpec;

/**
 * How pictures are changed for training beside crop and flip, as DeiT's recipe has it.
 *
 * @param randAugment of each picture; null for none
 * @param mixing of the pictures of a batch
 */
public record PhotoAugmentation(@Nullable RandAugment randAugment, Mixing mixing) {

    private static final String RAND_AUGMENT = "randaugment";
    private static final String MIXUP = "mixup";
    private static final String CUTMIX = "cutmix";
    private static final String NONE = "none";
    private static final String POLICY = "rand-m9-mstd0.5-inc1";

    /**
     * What can be set of it.
     *
     * @param on whether it has the values of the recipe; otherwise pictures are not changed
     */
    public static List<OptionSpec> options(boolean on) {
        return List.of(
                OptionSpec.pattern(
                        RAND_AUGMENT,
                        on ? POLICY : NONE,
                        "random changes of each picture, in timm's words",
                        List.of(NONE, POLICY)),
                OptionSpec.number(
                        MIXUP, on ? .8 : 0, "parameter of the shares in which pictures are added; 0 for none"),
                OptionSpec.number(CUTMIX, on ? 1 : 0, "parameter of the shares that boxes leave; 0 for none"));
    }

    /**
     * That of settings.
     *
     * @param normalization its mean is the colour of places that come from outside of a picture
     * @throws IllegalArgumentException if a value is out of its range
     */
    public static PhotoAugmentation of(DiskSettings settings, Normalization normalization) {
        String policy = settings.word(RAND_AUGMENT);
        return new PhotoAugmentation(
                policy.equals(NONE) ? null : RandAugment.parse(policy, normalization),
                new Mixing(settings.number(MIXUP, 0), settings.number(CUTMIX, 0)));
    }
}

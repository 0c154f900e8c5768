package org.spdbook.experiment.domainnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spdbook.data.DomainNet;
import org.spdbook.data.Normalization;
import org.spdbook.experiment.Known;
import org.spdbook.optim.OptionSpec;

/**
 * How much of DomainNet is used, and how its pictures are handed to the model.
 *
 * @param partial whether a part can be chosen; otherwise all of it is used
 * @param fraction share of the pictures of every list, above 0, at most 1
 * @param classes classes, the first ones by label
 * @param mostSteps steps after which training ends even if the epochs are not over
 * @param normalization of the pictures
 */
record PartSettings(boolean partial, double fraction, int classes, int mostSteps, Normalization normalization) {

    private static final String FRACTION = "fraction";
    private static final String CLASSES = "classes";
    private static final String MOST_STEPS = "max-steps";
    private static final String NORMALIZATION = "normalization";

    /** Everything. */
    static final PartSettings WHOLE =
            new PartSettings(false, 1, DomainNet.CLASSES, Integer.MAX_VALUE, Normalization.CLIP);

    /** A tenth of all classes, a thousand steps. */
    static final PartSettings PILOT = new PartSettings(true, .1, DomainNet.CLASSES, 1000, Normalization.CLIP);

    PartSettings {
        if (!(fraction > 0 && fraction <= 1) || classes < 2 || classes > DomainNet.CLASSES || mostSteps < 1) {
            throw new IllegalArgumentException("a part of DomainNet has a fraction above 0 and at most 1, 2.."
                    + DomainNet.CLASSES + " classes and max-steps >= 1, got fraction " + fraction + ", classes "
                    + classes + ", max-steps " + mostSteps);
        }
    }

    /** As options, with these values as defaults. */
    List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>();
        if (partial) {
            options.add(OptionSpec.number(FRACTION, fraction, "share of the pictures of every list"));
            options.add(OptionSpec.pattern(
                    CLASSES, Integer.toString(classes), "classes, the first ones by label", List.of()));
            options.add(OptionSpec.pattern(
                    MOST_STEPS, Integer.toString(mostSteps), "steps after which training ends", List.of()));
        }
        options.add(OptionSpec.choice(
                NORMALIZATION, normalization.word(), "mean and deviation of the pictures", Normalization.words()));
        return options;
    }

    /**
     * These with some changed.
     *
     * @param settings values as typed
     * @throws IllegalArgumentException if a name is not known or a value cannot be read or is out of its range
     */
    PartSettings with(Map<String, String> settings) {
        List<String> known = options().stream().map(OptionSpec::name).toList();
        settings.keySet().forEach(name -> Known.require("setting", name, known));
        return new PartSettings(
                partial,
                number(settings.getOrDefault(FRACTION, Double.toString(fraction))),
                whole(CLASSES, settings.getOrDefault(CLASSES, Integer.toString(classes))),
                whole(MOST_STEPS, settings.getOrDefault(MOST_STEPS, Integer.toString(mostSteps))),
                Normalization.of(settings.getOrDefault(NORMALIZATION, normalization.word())));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(FRACTION + " takes a number, got " + text, e);
        }
    }

    private static int whole(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a whole number, got " + text, e);
        }
    }
}

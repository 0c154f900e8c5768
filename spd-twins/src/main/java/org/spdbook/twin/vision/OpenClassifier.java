package org.spdbook.twin.vision;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.spdbook.experiment.OpenModel;
import org.spdbook.twin.OpenTwin;

/** Opens worlds in which small images are classified. */
public final class OpenClassifier {

    private OpenClassifier() {}

    /**
     * Opens a world.
     *
     * @param pretrained makes the classifier
     * @param domain to train on
     * @param domains to test on
     * @param examples of a domain
     * @return closed by the caller
     */
    public static OpenTwin of(
            Function<NDManager, Classifier> pretrained,
            String domain,
            List<String> domains,
            BiFunction<String, OpenTwin.Part, Examples> examples,
            ShiftAugmentation augmentation) {
        return OpenTwin.of(
                manager -> {
                    Classifier classifier = pretrained.apply(manager);
                    return new OpenTwin.Twin(
                            new OpenModel.Parts(classifier.parameters(), Set.of(Classifier.HEAD), Set.of()),
                            (of, part, augmented) -> new Classification(
                                    of,
                                    classifier,
                                    manager,
                                    examples.apply(of, part),
                                    augmented ? augmentation : ShiftAugmentation.NONE));
                },
                domain,
                domains);
    }
}

package org.spdbook.twin.answers;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.ShippedWeights;

/** The questions of a world: all are the same for every pre-training but those of {@link AnswersSet#ADVQA}. Thread-safe. */
final class VqaItems {

    private final ShippedWeights weights;
    private final Map<AnswersSet, List<Item>> tests = new EnumMap<>(AnswersSet.class);

    VqaItems(ShippedWeights weights) {
        this.weights = weights;
    }

    /** The questions of a part, of a set where they are tested on; those of a seed where they are not. */
    List<Item> of(String set, OpenTwin.Part part, long seed) {
        return switch (part) {
            case TRAINING -> AnswersSet.training(seed);
            case VALIDATION -> AnswersSet.validation(seed);
            case TEST -> test(AnswersSet.of(set));
        };
    }

    /** The questions of a test set. */
    synchronized List<Item> test(AnswersSet set) {
        return tests.computeIfAbsent(
                set, one -> one == AnswersSet.ADVQA ? Adversarial.items(adversarial()) : one.items());
    }

    /** Numbers of those of {@link AnswersSet#ADVQA}, as they are stored. */
    String adversarial() {
        String name = "pretrained" + (weights.number() == 0 ? "" : "-" + weights.number()) + ".adversarial.txt";
        return new String(weights.resource(name), StandardCharsets.US_ASCII);
    }
}

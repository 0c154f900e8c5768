package org.spdbook.peft.djl;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A parameter that does not collect gradients for a while, and what it did before.
 *
 * @param parameter of the user's block
 * @param trained whether DJL called it trainable
 * @param recorded whether its array collected gradients
 */
record Frozen(Parameter parameter, boolean trained, boolean recorded) {

    /** Freezes all parameters of a block. */
    static List<Frozen> of(Block block) {
        List<Frozen> frozen = block.getParameters().values().stream()
                .distinct()
                .map(parameter -> new Frozen(
                        parameter,
                        parameter.requiresGradient(),
                        parameter.getArray().hasGradient()))
                .collect(Collectors.toUnmodifiableList());
        frozen.forEach(one -> one.parameter.freeze(true));
        return frozen;
    }

    /** Puts the parameter back to what it did, if it is still there. */
    void thaw() {
        if (!parameter.isInitialized() || parameter.getArray().isReleased()) {
            return;
        }
        if (trained) {
            parameter.freeze(false);
        }
        if (parameter.getArray().hasGradient() != recorded) {
            parameter.getArray().setRequiresGradient(recorded);
        }
    }
}

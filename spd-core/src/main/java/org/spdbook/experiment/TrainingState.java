package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.torch.Ops;
import org.spdbook.train.Average;
import org.spdbook.train.Checkpoint;

/**
 * What changes from step to step of a run. Owns nothing.
 *
 * @param targets trained tensors, in the model's order
 * @param others tensors that are not trained and yet not as the world opened them, by name, live: buffers, and a head that a probe alone trained
 * @param optimizer of the targets
 * @param average of them
 */
record TrainingState(List<Target> targets, Map<String, NDArray> others, BoundOptimizer optimizer, Average average) {

    /** The trained tensors by name, live. */
    Map<String, NDArray> values() {
        Map<String, NDArray> values = new LinkedHashMap<>();
        targets.forEach(target -> values.put(target.name(), target.value()));
        return values;
    }

    /** The trained tensors and the others by name, live: what a model needs to be tested. */
    Map<String, NDArray> model() {
        Map<String, NDArray> model = values();
        model.putAll(others);
        return model;
    }

    /** Writes all of it. */
    void write(Path file, Checkpoint checkpoint) throws IOException {
        checkpoint.write(file, model(), optimizer.state(), average.values());
    }

    /**
     * Goes back to a checkpoint.
     *
     * @param run for errors
     * @throws IllegalStateException if it lacks a tensor
     */
    void restore(Checkpoint.Content content, String run) {
        model().forEach((name, value) -> {
            NDArray saved = content.weights().get(name);
            if (saved == null || !saved.getShape().equals(value.getShape())) {
                throw new IllegalStateException("the checkpoint of run " + run + " has no tensor " + name + " of shape "
                        + value.getShape() + "; train it anew");
            }
            Ops.copy(value, saved);
        });
        optimizer.restore(content.state(), content.checkpoint().step());
        average.restore(content.averages());
    }
}

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
 * @param optimizer theirs
 * @param average of them
 */
record TrainingState(List<Target> targets, BoundOptimizer optimizer, Average average) {

    /** The trained tensors by name, live. */
    Map<String, NDArray> values() {
        Map<String, NDArray> values = new LinkedHashMap<>();
        targets.forEach(target -> values.put(target.name(), target.value()));
        return values;
    }

    /** Writes all of it. */
    void write(Path file, Checkpoint checkpoint) throws IOException {
        checkpoint.write(file, values(), optimizer.state(), average.values());
    }

    /**
     * Goes back to a checkpoint.
     *
     * @param run for errors
     * @throws IllegalStateException if it lacks a tensor
     */
    void restore(Checkpoint.Content content, String run) {
        values().forEach((name, value) -> {
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

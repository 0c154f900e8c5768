package org.spdbook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.OptimizerOps;
import org.spdbook.torch.Scope;

/**
 * An exponential moving average of trained tensors: {@code e <- d e + (1 - d) w} after each step, beginning at the weights before the
 * first, without a correction for that, as timm's {@code ModelEma} does it. Polyak, Juditsky, <i>Acceleration of stochastic
 * approximation by averaging</i>, 1992. Buffers, such as the running mean of a batch normalisation, are not averaged. Owns its arrays.
 * Not thread-safe.
 */
public final class Average implements AutoCloseable {

    private final double decay;
    private final List<Target> targets;
    private final NDManager manager;
    private final Map<String, NDArray> values = new LinkedHashMap<>();

    /**
     * An average that begins at the present values.
     *
     * @param targets at least one
     * @param decay in [0, 1); 0 for no average, which takes no memory
     */
    public Average(List<Target> targets, double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "average must be at least 0 and below 1, got " + decay + "; 0.999 looks back about 1000 steps");
        }
        this.decay = decay;
        this.targets = List.copyOf(targets);
        this.manager = targets.get(0).value().getManager().newSubManager();
        if (decay > 0) {
            Autograd.withoutRecording(() -> {
                targets.forEach(target -> {
                    NDArray copy = target.value().duplicate();
                    copy.attach(manager);
                    values.put(target.name(), Scope.keep(copy));
                });
                return null;
            });
        }
    }

    /** Takes in the weights after a step. */
    public void update() {
        if (decay > 0) {
            Autograd.withoutRecording(() -> {
                OptimizerOps.moveTo(new NDList(values.values()), weights(), 1 - decay);
                return null;
            });
        }
    }

    private NDList weights() {
        return new NDList(targets.stream().map(Target::value).toList());
    }

    /** The averages by name, live; none if the decay is 0. */
    public Map<String, NDArray> values() {
        return values;
    }

    /**
     * Continues where {@link #values} was stored.
     *
     * @param saved by name; copied
     * @throws IllegalArgumentException if one is missing or has another shape
     */
    public void restore(Map<String, NDArray> saved) {
        Autograd.withoutRecording(() -> {
            values.forEach((name, value) -> {
                NDArray found = saved.get(name);
                if (found == null || !found.getShape().equals(value.getShape())) {
                    throw new IllegalArgumentException("the average of " + name + " of shape " + value.getShape()
                            + " is needed, found "
                            + (found == null ? "none" : found.getShape().toString())
                            + "; the checkpoint belongs to another run");
                }
                Ops.copy(value, found);
            });
            return null;
        });
    }

    /** Puts the averages in the place of the weights, if there are any. */
    public void apply() {
        Autograd.withoutRecording(() -> {
            targets.forEach(target -> {
                NDArray average = values.get(target.name());
                if (average != null) {
                    Ops.copy(target.value(), average);
                }
            });
            return null;
        });
    }

    @Override
    public void close() {
        manager.close();
    }
}

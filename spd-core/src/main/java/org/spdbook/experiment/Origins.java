package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.spdbook.eval.Deviation;
import org.spdbook.optim.Target;
import org.spdbook.torch.Scope;

/**
 * Where the tensors of a run come from: what their deviation is measured from, and what a finish goes back to. Made before the start of a recipe.
 * Its arrays are closed with the world.
 */
final class Origins {

    private final OpenWorld open;
    private final Finish finish;
    private final boolean movesHead;
    private final Map<String, NDArray> pretrained = new LinkedHashMap<>();
    private final Map<String, NDArray> initial = new LinkedHashMap<>();

    /** Takes the head's values, unless it keeps them. */
    Origins(OpenWorld open, Recipe recipe) {
        this.open = open;
        this.finish = recipe.finish();
        this.movesHead =
                recipe.groups().head() != Head.EXCLUDED || recipe.start().epochs() > 0;
        if (movesHead) {
            open.head().forEach(name -> pretrained.put(name, copy(weight(name))));
        }
    }

    /**
     * Takes the values of other tensors before their training, and zero for those of adapters.
     *
     * @param targets trained, as the recipe begins with them
     */
    void add(List<Target> targets) {
        for (Target target : targets) {
            pretrained.computeIfAbsent(
                    target.name(),
                    any -> target.fromZero() ? kept(target.value().zerosLike()) : copy(target.value()));
            if (target.fromZero() && finish.goesToInitial()) {
                initial.put(target.name(), copy(target.value()));
            }
        }
        pretrained.keySet().removeAll(open.fresh());
    }

    /** What is not trained and yet does not stay as the world opens it, by name, live: buffers, and a head that the start alone trains. */
    Map<String, NDArray> others(List<Target> targets) {
        Map<String, NDArray> others = new LinkedHashMap<>(open.buffers());
        if (movesHead) {
            open.head().forEach(name -> others.put(name, weight(name)));
            targets.forEach(target -> others.remove(target.name()));
        }
        return others;
    }

    /**
     * Changes those of the trained tensors that have pre-trained values, as the recipe's finish does.
     *
     * @param heldOut loss of the next batch that was not trained on
     */
    void finish(List<Target> targets, Supplier<NDArray> heldOut) {
        Map<String, NDArray> ends = new LinkedHashMap<>(pretrained);
        ends.putAll(initial);
        finish.apply(
                targets.stream()
                        .filter(target -> pretrained.containsKey(target.name()))
                        .toList(),
                ends,
                heldOut);
    }

    /** L2 distance of what has pre-trained values from these. */
    double deviation() {
        return Deviation.between(open.weights(), pretrained);
    }

    private NDArray weight(String name) {
        return Objects.requireNonNull(open.weights().get(name), name);
    }

    private NDArray copy(NDArray array) {
        return kept(array.duplicate());
    }

    private NDArray kept(NDArray array) {
        array.attach(open.manager());
        return Scope.keep(array);
    }
}

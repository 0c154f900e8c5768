package org.spdbook.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * One rule on the tensors of one model: gradients, moments, anchors and the step count.
 *
 * <p>Life: bind with the pre-trained values still in place; then per step backward, {@link #step}, which clears the gradients.
 * Not thread-safe. Owns anchors and state; close it before the model.
 */
public final class BoundOptimizer implements AutoCloseable {

    private static final String ANCHOR_PREFIX = "anchor.";

    private final UpdateRule rule;
    private final StepExecutor executor;
    private final NDManager manager;
    private final List<Target> targets;
    private final Map<String, Map<String, NDArray>> slots = new LinkedHashMap<>();
    private final Map<String, NDArray> anchors = new LinkedHashMap<>();
    private @Nullable List<NDArray> gradients;
    private @Nullable List<TensorState> tensors;
    private Supplier<List<TensorReport>> lastReport = List::of;
    private long steps;

    /**
     * Binds a rule to tensors and copies their present values as anchors; zero stands for the pre-trained ones of adapters.
     *
     * @param targets the trained tensors in the model's order, with unique names
     */
    public BoundOptimizer(UpdateRule rule, StepExecutor executor, List<Target> targets) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("an optimizer needs at least one tensor to train, got none");
        }
        rule.checkFor(targets.size());
        targets.forEach(target -> rule.checkFor(target.precision()));
        this.rule = rule;
        this.executor = executor;
        this.targets = List.copyOf(targets);
        this.manager = targets.get(0).value().getManager().newSubManager();
        Autograd.withoutRecording(() -> {
            targets.forEach(this::prepare);
            return null;
        });
    }

    private void prepare(Target target) {
        NDArray value = target.value();
        if (slots.containsKey(target.name())) {
            throw new IllegalArgumentException("two tensors are called " + target.name() + "; names must be unique");
        }
        Map<String, NDArray> own = new LinkedHashMap<>();
        for (UpdateRule.Slot slot : rule.slots()) {
            Shape shape = slot.scalar() ? new Shape() : value.getShape();
            own.put(slot.name(), keep(manager.zeros(shape, value.getDataType())));
        }
        slots.put(target.name(), own);
        boolean atZero = rule.anchor() == Anchor.ZERO || rule.anchor() == Anchor.PRETRAINED && target.fromZero();
        if (!atZero) {
            anchors.put(target.name(), copy(value));
        }
    }

    private NDArray copy(NDArray value) {
        NDArray copy = value.duplicate();
        copy.attach(manager);
        return keep(copy);
    }

    private static NDArray keep(NDArray array) {
        return Scope.keep(array);
    }

    /** The rule. */
    public UpdateRule rule() {
        return rule;
    }

    /** Steps taken since the beginning of training, also before a restart. */
    public long steps() {
        return steps;
    }

    /** The gradients of all tensors, live, in their order; for clipping before a step. Known after the first backward. */
    public List<NDArray> gradients() {
        if (gradients == null) {
            gradients = Autograd.gradients(targets.stream().map(Target::value).toList());
        }
        return gradients;
    }

    /**
     * Takes one step with the gradients that are there and clears them.
     *
     * @param learningRate per step, after the schedule
     * @param draw uniform random number in [0, 1) per tensor, for the random selection
     */
    public void step(double learningRate, IntToDoubleFunction draw) {
        List<NDArray> live = gradients();
        steps++;
        var context = new StepContext(steps, learningRate, draw);
        lastReport = Autograd.withoutRecording(() -> executor.step(rule, tensors(live), context));
        Autograd.zero(live);
    }

    private List<TensorState> tensors(List<NDArray> live) {
        if (tensors == null) {
            List<TensorState> states = new ArrayList<>(targets.size());
            for (int i = 0; i < targets.size(); i++) {
                Target target = targets.get(i);
                states.add(new TensorState(i, target, live.get(i), anchors.get(target.name()), slotsOf(target.name())));
            }
            tensors = states;
        }
        return tensors;
    }

    private Map<String, NDArray> slotsOf(String name) {
        return slots.getOrDefault(name, Map.of());
    }

    /** What the last step did, in the order of the tensors; empty before the first. Waits for the device. */
    public List<TensorReport> report() {
        return lastReport.get();
    }

    /** Names of the tensors, in order. */
    public List<String> names() {
        return targets.stream().map(Target::name).toList();
    }

    /** All that a resumed run needs besides the weights and the step count: slots as {@code slot.tensor}, anchors INITIAL. */
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        slots.forEach((tensor, own) -> own.forEach((slot, array) -> state.put(slot + "." + tensor, array)));
        if (rule.anchor() == Anchor.INITIAL) {
            anchors.forEach((tensor, array) -> state.put(ANCHOR_PREFIX + tensor, array));
        }
        return state;
    }

    /**
     * Continues where {@link #state} was taken.
     *
     * @param saved arrays by the names of {@link #state}; copied
     * @param stepsTaken step count at that time
     * @throws IllegalArgumentException if an array is missing or has another shape
     */
    public void restore(Map<String, NDArray> saved, long stepsTaken) {
        Autograd.withoutRecording(() -> {
            state().forEach((name, array) -> overwrite(name, array, saved.get(name)));
            return null;
        });
        steps = stepsTaken;
    }

    /**
     * Replaces anchors PRETRAINED, for a run that starts from other weights; anchors INITIAL and ZERO stay as they are.
     *
     * @param pretrained anchor per tensor name; copied; tensors not named keep theirs
     */
    public void anchorAt(Map<String, NDArray> pretrained) {
        if (rule.anchor() != Anchor.PRETRAINED) {
            return;
        }
        Autograd.withoutRecording(() -> {
            anchors.forEach((name, array) -> {
                NDArray given = pretrained.get(name);
                if (given != null) {
                    overwrite(name, array, given);
                }
            });
            return null;
        });
    }

    private static void overwrite(String name, NDArray array, @Nullable NDArray source) {
        if (source == null || !source.getShape().equals(array.getShape())) {
            throw new IllegalArgumentException("optimizer state " + name + " of shape " + array.getShape()
                    + " is needed, found "
                    + (source == null ? "none" : source.getShape().toString())
                    + "; the checkpoint belongs to another model or optimizer");
        }
        Ops.copy(array, source);
    }

    /** Distance of every tensor from its anchor now, L2, in their order, in float64. */
    public List<Double> deviations() {
        return Autograd.withoutRecording(() -> targets.stream()
                .map(target -> Scope.compute(() -> {
                    NDArray anchor = anchors.get(target.name());
                    NDArray d = anchor == null ? target.value() : target.value().sub(anchor);
                    return Math.sqrt(
                            d.toType(DataType.FLOAT64, true).square().sum().getDouble());
                }))
                .toList());
    }

    @Override
    public void close() {
        manager.close();
    }
}

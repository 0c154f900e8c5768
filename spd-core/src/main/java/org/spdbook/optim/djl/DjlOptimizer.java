package org.spdbook.optim.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.spdbook.optim.Anchor;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.StepExecutor;
import org.spdbook.optim.Target;
import org.spdbook.optim.UpdateRule;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.weights.Safetensors;

/**
 * Any of our update rules in DJL's own {@code Trainer}, on one device.
 *
 * <pre>{@code
 * var optimizer = DjlOptimizer.builder(AdamSpd.of(1)).optLearningRateTracker(Tracker.fixed(1e-3f)).build();
 * var config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer);
 * trainer.initialize(inputShape);
 * optimizer.bind(model.getBlock());   // the weights of this moment are the anchors
 * }</pre>
 *
 * <p>DJL hands over one parameter at a time and in no fixed order; the step is taken for all of them when the last one of the
 * block has arrived, in the order of their names. Several devices are refused, because DJL would then repeat every step once
 * per device.
 */
public final class DjlOptimizer extends Optimizer implements AutoCloseable {

    private final UpdateRule rule;
    private final StepExecutor executor;
    private final Tracker learningRate;
    private final @Nullable Path anchorFile;
    private final Set<String> arrived = new HashSet<>();
    private Map<String, String> nameById = Map.of();
    private @Nullable BoundOptimizer bound;

    private DjlOptimizer(Builder builder) {
        super(builder);
        this.rule = builder.rule;
        this.executor = builder.executor;
        this.learningRate = builder.learningRate;
        this.anchorFile = builder.anchorFile;
    }

    /** Begins an optimizer for a rule. */
    public static Builder builder(UpdateRule rule) {
        return new Builder(rule);
    }

    /**
     * Takes the trainable parameters of an initialised block and remembers their values as anchors. Call once, after {@code
     * trainer.initialize} and after loading weights.
     *
     * @throws IllegalStateException if it was called before
     * @throws IOException if the anchor file cannot be read
     */
    public void bind(Block block) throws IOException {
        if (bound != null) {
            throw new IllegalStateException("this optimizer is already bound to a block; make one per block");
        }
        Map<String, Parameter> byName = new TreeMap<>();
        block.getParameters().forEach(pair -> {
            if (pair.getValue().requiresGradient()) {
                byName.put(pair.getKey(), pair.getValue());
            }
        });
        List<Target> targets = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        byName.forEach((name, parameter) -> {
            targets.add(Target.of(name, parameter.getArray()));
            names.put(parameter.getId(), name);
        });
        nameById = names;
        bound = new BoundOptimizer(rule, executor, targets);
        if (anchorFile != null) {
            readAnchors(bound, targets.get(0).value().getManager(), anchorFile);
        }
    }

    private static void readAnchors(BoundOptimizer optimizer, NDManager parent, Path file) throws IOException {
        try (NDManager manager = parent.newSubManager();
                Safetensors tensors = Safetensors.open(file)) {
            Map<String, NDArray> anchors = new HashMap<>();
            for (String name : tensors.names()) {
                anchors.put(name, tensors.load(manager, name));
            }
            optimizer.anchorAt(anchors);
        }
    }

    /**
     * Called by DJL once per parameter and step.
     *
     * @throws IllegalStateException if {@link #bind} was not called, the parameter is not of the bound block, or it comes twice
     *     in a step, as it does on several devices
     */
    @Override
    public void update(String parameterId, NDArray weight, NDArray gradient) {
        BoundOptimizer optimizer = bound;
        String name = nameById.get(parameterId);
        if (optimizer == null || name == null) {
            throw new IllegalStateException(
                    "parameter " + parameterId + " of shape " + weight.getShape()
                            + " is not bound; call bind(model.getBlock()) after trainer.initialize and freeze nothing afterwards");
        }
        if (!arrived.add(name)) {
            throw new IllegalStateException("parameter " + name
                    + " came twice in one step: train on one device with optDevices(new Device[] {...}) and one split");
        }
        if (arrived.size() == nameById.size()) {
            arrived.clear();
            long step = optimizer.steps() + 1;
            optimizer.step(
                    learningRate.getNewValue((int) step),
                    tensor -> new SplittableRandom(step << 20 | tensor).nextDouble());
        }
    }

    /** Per-tensor reports and deviations of the bound optimizer. */
    public BoundOptimizer bound() {
        if (bound == null) {
            throw new IllegalStateException("this optimizer is not bound yet; call bind(model.getBlock()) first");
        }
        return bound;
    }

    @Override
    public void close() {
        if (bound != null) {
            bound.close();
        }
    }

    /** Builds a {@link DjlOptimizer}. */
    public static final class Builder extends OptimizerBuilder<Builder> {

        private final UpdateRule rule;
        private StepExecutor executor = new TorchStep();
        private Tracker learningRate = Tracker.fixed(1e-3f);
        private @Nullable Path anchorFile;

        private Builder(UpdateRule rule) {
            this.rule = rule;
        }

        /** Learning rate by step, from 1; 1e-3 throughout by default. */
        public Builder optLearningRateTracker(Tracker tracker) {
            this.learningRate = tracker;
            return this;
        }

        /** How steps are executed; fused by default. */
        public Builder optExecutor(StepExecutor stepExecutor) {
            this.executor = stepExecutor;
            return this;
        }

        /** Anchors from a safetensors file with DJL's parameter names, so that a resumed run keeps the pre-trained ones. */
        public Builder optAnchor(Path file) {
            this.anchorFile = file;
            return this;
        }

        /**
         * Builds the optimizer.
         *
         * @throws IllegalArgumentException if anchors are given to a rule whose anchor is not PRETRAINED
         */
        public DjlOptimizer build() {
            if (anchorFile != null && rule.anchor() != Anchor.PRETRAINED) {
                throw new IllegalArgumentException("optAnchor gives pre-trained anchors, but this rule pulls to "
                        + rule.anchor() + "; use the anchor PRETRAINED or leave optAnchor out");
            }
            return new DjlOptimizer(this);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}

package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.TestSet;
import org.spdbook.optim.StepExecutor;
import org.spdbook.torch.Ops;
import org.spdbook.train.Cancel;
import org.spdbook.train.Progress;
import org.spdbook.weights.Safetensors;

/** Trains, resumes and tests. All methods wait for the one worker thread, on which everything native and every file is done. */
public final class Experiment {

    private static final Map<String, Map<String, Double>> ZERO_SHOT = new ConcurrentHashMap<>();

    private Experiment() {}

    /**
     * Trains and tests a new run and stores it.
     *
     * @throws CancelledRunException if it was stopped; it can be resumed
     * @throws IllegalStateException if the loss stops being finite
     */
    public static Run train(Plan plan, RunStore store, Recording recording, Progress progress, Cancel cancel) {
        return Worker.run(cancel, () -> new Training(plan, recording, progress, cancel).in(store.create(plan)));
    }

    /**
     * Makes the folder of a run that another process is to train, see {@link #resume}. What would keep the run from beginning, such
     * as data or weights that are missing, is wrong here, and then there is no folder.
     */
    public static RunFolder prepare(Plan plan, RunStore store) {
        return Worker.run(new Cancel(), () -> store.create(plan));
    }

    /** Trains and tests without storing anything. */
    public static Run unstored(Plan plan, Progress progress, Cancel cancel) {
        return Worker.run(cancel, () -> new Training(plan, Recording.defaults(), progress, cancel).inMemory());
    }

    /** As {@link #unstored(Plan, Progress, Cancel)} with steps made by an executor of choice, such as the slow reference one. */
    public static Run unstored(Plan plan, StepExecutor executor) {
        var cancel = new Cancel();
        return Worker.run(
                cancel, () -> new Training(plan, Recording.defaults(), Progress.SILENT, cancel, executor).inMemory());
    }

    /**
     * Goes on with a run that was stopped or killed, from its newest checkpoint or from the beginning. On the CPU the result is
     * that of an uninterrupted run, bit by bit, with the same JDK build and number of threads. A run that has ended is loaded.
     *
     * @throws IllegalStateException if it is being trained elsewhere, or data or weights have changed since
     * @throws IllegalArgumentException if the device that it was begun on is not there
     */
    public static Run resume(RunFolder folder, Recording recording, Progress progress, Cancel cancel) {
        return Worker.run(cancel, () -> {
            if (folder.isFinished()) {
                return folder.load();
            }
            return new Training(begun(folder), recording, progress, cancel).in(folder);
        });
    }

    /**
     * Checks that another process can go on with a run, see {@link #resume}.
     *
     * @throws IllegalStateException if data or weights have changed since it was begun
     */
    public static void checkResumable(RunFolder folder) {
        Worker.run(new Cancel(), () -> begun(folder));
    }

    private static Plan begun(RunFolder folder) throws IOException {
        Plan plan = Plan.of(folder.spec());
        if (!plan.key().equals(folder.key())) {
            throw new IllegalStateException("run " + folder.id()
                    + " was begun with other data, weights or defaults than there are now; train it anew");
        }
        return plan.on(folder.device());
    }

    /**
     * Tests a stored run again with its stored weights.
     *
     * @param sets names of test sets; empty for all
     * @return accuracy in percent by set, in the order of the world
     */
    public static Map<String, Double> evaluate(RunFolder folder, List<String> sets) {
        return Worker.run(new Cancel(), () -> {
            folder.load();
            folder.verifyModel();
            Plan plan = Plan.of(folder.spec());
            sets.forEach(set -> Known.require("test set", set, plan.world().domains()));
            try (OpenWorld open = plan.open()) {
                plan.adapt(open);
                assign(open, folder);
                return percent(outcomes(open, sets));
            }
        });
    }

    /** Puts the stored tensors of a run that has ended into an open world. */
    static void assign(OpenWorld open, RunFolder folder) throws IOException {
        Map<String, NDArray> targets = new LinkedHashMap<>(open.weights());
        targets.putAll(open.buffers());
        try (Safetensors model = Safetensors.open(folder.model())) {
            for (String name : model.names()) {
                NDArray target = targets.get(name);
                if (target == null) {
                    throw new IOException("run " + folder.id() + " has a tensor " + name + " that the model has not");
                }
                Ops.copy(target, model.load(open.manager(), name));
            }
        }
    }

    /** Facts about the model of a world, in the order to be shown: what to what. */
    public static Map<String, String> modelFacts(World world) {
        return Worker.run(new Cancel(), world::modelFacts);
    }

    /** Which tensors of a world's model a recipe trains, and at which rates, layer by layer. */
    public static Groups.Share groups(World world, Recipe recipe) {
        return Worker.run(new Cancel(), () -> {
            try (OpenWorld open = world.open(world.defaultDomain(), 0)) {
                recipe.adapt(open, world, 0);
                return new Groups.Share(
                        Groups.summed(recipe.groups().of(open.task().targets(), open.head())),
                        open.weights().values().stream()
                                .mapToLong(NDArray::size)
                                .sum());
            }
        });
    }

    /** Number of elements of each tensor of a world's model, by name. */
    public static Map<String, Long> tensorSizes(World world) {
        return Worker.run(new Cancel(), () -> {
            try (OpenWorld open = world.open(world.defaultDomain(), 0)) {
                Map<String, Long> sizes = new LinkedHashMap<>();
                open.weights().forEach((name, array) -> sizes.put(name, array.size()));
                return sizes;
            }
        });
    }

    /** Accuracy in percent of the pre-trained model without training, by test set. */
    public static Map<String, Double> zeroShot(World world, long seed) {
        return Worker.run(new Cancel(), () -> {
            try (OpenWorld open = world.open(world.defaultDomain(), seed)) {
                return zeroShot(world, seed, open);
            }
        });
    }

    /** As {@link #zeroShot(World, long)} on a world whose weights have not been changed; computed once. */
    static Map<String, Double> zeroShot(World world, long seed, OpenWorld untouched) {
        String key = world.fingerprint() + " " + seed;
        return Objects.requireNonNull(ZERO_SHOT.computeIfAbsent(key, any -> percent(outcomes(untouched, List.of()))));
    }

    /** Which examples the model as it is now answers right, by test set; no names for all sets. */
    static Map<String, Outcomes> outcomes(OpenWorld open, List<String> sets) {
        Map<String, Outcomes> outcomes = new LinkedHashMap<>();
        for (TestSet set : open.testSets()) {
            if (sets.isEmpty() || sets.contains(set.name())) {
                outcomes.put(set.name(), set.outcomes());
            }
        }
        return outcomes;
    }

    /** Accuracy in percent by test set. */
    static Map<String, Double> percent(Map<String, Outcomes> outcomes) {
        Map<String, Double> scores = new LinkedHashMap<>();
        outcomes.forEach((set, one) -> scores.put(set, one.percent()));
        return scores;
    }
}

package org.spdbook.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.spdbook.eval.Outcomes;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.StepExecutor;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.train.Average;
import org.spdbook.train.Cancel;
import org.spdbook.train.Checkpoint;
import org.spdbook.train.History;
import org.spdbook.train.LogEntry;
import org.spdbook.train.Progress;
import org.spdbook.train.RunLog;
import org.spdbook.train.Schedule;
import org.spdbook.train.Seeds;
import org.spdbook.train.Task;
import org.spdbook.train.Trainer;
import org.spdbook.weights.AtomicFile;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/** One run from opening the world to its result, on the calling thread. */
final class Training {

    private final Plan plan;
    private final Recording recording;
    private final Progress progress;
    private final Cancel cancel;
    private final StepExecutor executor;
    private final List<LogEntry> entries = new ArrayList<>();
    private @Nullable RunHold hold;
    private double cpuBefore;
    private long began;

    Training(Plan plan, Recording recording, Progress progress, Cancel cancel) {
        this(plan, recording, progress, cancel, new TorchStep());
    }

    Training(Plan plan, Recording recording, Progress progress, Cancel cancel, StepExecutor executor) {
        this.executor = executor;
        this.plan = plan;
        this.recording = recording;
        this.progress = progress;
        this.cancel = cancel;
    }

    /** Begins or goes on in a folder. */
    Run in(RunFolder folder) throws IOException {
        RunHold mine = RunHold.of(folder);
        try (mine) {
            hold = mine;
            return held(mine, folder);
        }
    }

    private Run held(RunHold mine, RunFolder folder) throws IOException {
        try {
            Run run = run(folder);
            folder.writeResult(run);
            mine.done();
            return run;
        } catch (CancelledRunException e) {
            mine.done();
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            mine.failed(e);
            throw e;
        }
    }

    /** Stores nothing. */
    Run inMemory() throws IOException {
        return run(null);
    }

    private Run run(@Nullable RunFolder folder) throws IOException {
        ExperimentSpec spec = plan.spec();
        try (OpenWorld open = plan.open()) {
            plan.recipe().computing().checkFor(open.task(), plan.recipe().batch());
            Map<String, Double> before =
                    plan.world().testsUntrained() ? Experiment.zeroShot(plan.world(), spec.seed(), open) : Map.of();
            var origins = new Origins(open, plan.recipe());
            probe(open, folder);
            plan.adapt(open);
            List<Target> targets = plan.recipe().targets(open);
            origins.add(targets);
            try (var optimizer = new BoundOptimizer(plan.rule(), executor, targets);
                    var average = new Average(targets, plan.recipe().average())) {
                var state = new TrainingState(targets, origins.others(targets), optimizer, average);
                train(open, state, folder);
                average.apply();
                origins.finish(targets, heldOut(open));
                targets.forEach(Target::round);
                if (folder != null) {
                    writeModel(folder, state.model());
                }
                Map<String, Outcomes> outcomes = Experiment.outcomes(open, List.of());
                if (folder != null) {
                    AnswersFile.write(folder.answers(), open.answers());
                }
                double validation = open.validation().outcomes().percent();
                tellSkipped(open.skipped(), folder);
                return new Run(
                        folder == null ? "" : folder.id(),
                        plan.key(),
                        spec,
                        before,
                        Experiment.percent(outcomes),
                        outcomes,
                        open.measures(),
                        validation,
                        origins.deviation(),
                        new History(optimizer.names(), entries),
                        cpuSeconds());
            }
        }
    }

    /** The start of the recipe; a run that is stopped in it leaves no checkpoint, whose head would be one of half a probe. */
    private void probe(OpenWorld open, @Nullable RunFolder folder) throws IOException {
        Recipe recipe = plan.recipe();
        recipe.start()
                .apply(
                        open,
                        recipe.batch(),
                        plan.world().mostSteps(),
                        recipe.computing(),
                        plan.spec().seed(),
                        executor,
                        cancel);
        if (recipe.start().epochs() > 0 && cancel.isAsked()) {
            boolean begun = folder != null && Files.exists(folder.state());
            throw new CancelledRunException(
                    folder == null ? "" : folder.id(),
                    folder != null && begun ? folder.history().entries().size() : 0,
                    plan.trainer().steps(open.task()));
        }
    }

    /** Says what was left out, and writes it down beside the run. */
    private void tellSkipped(Set<String> skipped, @Nullable RunFolder folder) throws IOException {
        if (!skipped.isEmpty()) {
            progress.skipped(skipped);
            if (folder != null) {
                AtomicFile.write(
                        folder.skipped(), (String.join("\n", skipped) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Losses of one random batch of validation examples after the other. */
    private Supplier<NDArray> heldOut(OpenWorld open) {
        var seeds = new Seeds(plan.spec().seed());
        int[] asked = new int[1];
        return () -> {
            Task task = open.heldOut();
            int[] order = seeds.stream("held-out", asked[0]++, 0).permutation(task.examples());
            return task.loss(
                    Arrays.copyOf(order, Math.min(order.length, plan.recipe().batch())), seeds, 0);
        };
    }

    private void train(OpenWorld open, TrainingState state, @Nullable RunFolder folder) throws IOException {
        BoundOptimizer optimizer = state.optimizer();
        Trainer trainer = plan.trainer();
        Task task = open.task();
        int steps = trainer.steps(task);
        var schedule = new Schedule(
                plan.recipe().schedule(),
                plan.spec().lr(),
                plan.recipe().warmUp(),
                steps,
                plan.recipe().floor(),
                new Schedule.Epochs(
                        plan.recipe().epochs(), task.examples() / plan.recipe().batch()));
        String anchors = folder == null ? "" : Checkpoint.fingerprint(state.values());
        int done = folder == null ? 0 : restore(folder, open.manager(), state, anchors);
        began = cpuNanos();
        if (hold != null) {
            hold.begin(done, steps);
            hold.look(cancel);
        }
        progress.begin(folder == null ? "" : folder.id(), done, steps);
        var rhythm = new CheckpointRhythm(recording, System::nanoTime);
        try (RunLog log = folder == null ? null : RunLog.open(folder.log(), optimizer.names(), done)) {
            int reached = trainer.run(
                    task,
                    optimizer,
                    schedule,
                    done,
                    (step, loss, rate) -> {
                        state.average().update();
                        record(log, entry(optimizer, step, steps, loss, rate));
                        if (folder != null && step < steps && rhythm.isDue(step)) {
                            checkpoint(folder, step, anchors, state);
                        }
                        progress.step(step, steps, loss);
                        if (hold != null) {
                            hold.look(cancel);
                        }
                    },
                    cancel);
            if (folder != null) {
                checkpoint(folder, reached, anchors, state);
            }
            if (reached < steps) {
                throw new CancelledRunException(folder == null ? "" : folder.id(), reached, steps);
            }
        }
    }

    private LogEntry entry(BoundOptimizer optimizer, int step, int steps, double loss, double rate) {
        boolean asked = step == 1 || step == steps || step % recording.reportEvery() == 0;
        return new LogEntry(
                step, loss, rate, asked ? optimizer.report() : List.of(), asked ? optimizer.deviations() : List.of());
    }

    private void record(@Nullable RunLog log, LogEntry entry) {
        entries.add(entry);
        try {
            if (log != null) {
                log.add(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing the log failed: " + e.getMessage(), e);
        }
    }

    private void checkpoint(RunFolder folder, int step, String anchors, TrainingState state) {
        try {
            state.write(folder.state(), new Checkpoint(step, cpuSeconds(), plan.key(), anchors));
        } catch (IOException e) {
            throw new UncheckedIOException("writing a checkpoint failed: " + e.getMessage(), e);
        }
    }

    /** Puts weights, optimiser and log back to the newest checkpoint; returns its step, 0 when there is none. */
    private int restore(RunFolder folder, NDManager manager, TrainingState state, String anchors) throws IOException {
        if (!Files.exists(folder.state())) {
            return 0;
        }
        Checkpoint.Content content = Checkpoint.read(folder.state(), manager);
        Checkpoint checkpoint = content.checkpoint();
        if (!checkpoint.anchors().equals(anchors) || !checkpoint.key().equals(plan.key())) {
            throw new IllegalStateException("the checkpoint of run " + folder.id()
                    + " belongs to other pre-trained weights or to another spec; train it anew");
        }
        state.restore(content, folder.id());
        entries.addAll(folder.history().upTo(checkpoint.step()).entries());
        cpuBefore = checkpoint.cpuSeconds();
        return checkpoint.step();
    }

    private void writeModel(RunFolder folder, Map<String, NDArray> trained) throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        trained.forEach((name, array) -> tensors.put(name, TensorData.of(array)));
        SafetensorsWriter.write(folder.model(), tensors, Map.of("key", plan.key()));
    }

    private double cpuSeconds() {
        return cpuBefore + (cpuNanos() - began) / 1e9;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}

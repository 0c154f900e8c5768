package org.spdbook.experiment.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunFolder;
import org.spdbook.experiment.RunStore;
import org.spdbook.train.Cancel;

/**
 * Many runs, some at a time, in processes of their own. Work that the store already holds is not computed again: a run of
 * the same key is taken if it has ended, and gone on with if it has not. So a sweep that was killed is resumed by starting it
 * again, and ends with the same results, bit for bit.
 *
 * @param name of its journal
 * @param plans what to train, in the order of the results
 * @param store where runs and journal are kept
 * @param limits what the trials may use
 */
public record Sweep(String name, List<Plan> plans, RunStore store, Limits limits) {

    /**
     * What the trials may use.
     *
     * @param jobs how many at a time, at least 1
     * @param memory most MiB of one, at least 256
     * @param stall seconds without a step after which a trial is ended, at least 1
     */
    public record Limits(int jobs, int memory, int stall) {

        public Limits {
            if (jobs < 1) {
                throw new IllegalArgumentException("a sweep needs at least 1 job, got " + jobs);
            }
            if (memory < 256 || stall < 1) {
                throw new IllegalArgumentException(
                        "a trial needs at least 256 MiB and 1 second without a step, got memory " + memory
                                + " and stall " + stall);
            }
        }

        /** One at a time, 4 GiB, five minutes. */
        public static Limits defaults() {
            return new Limits(1, 4096, 300);
        }
    }

    /**
     * A trial that did not end well.
     *
     * @param spec what it was to do
     * @param run id of its run
     * @param reason in a few words
     * @param lastLines of what its process wrote
     */
    public record Failure(ExperimentSpec spec, String run, String reason, List<String> lastLines) {}

    /**
     * What came of a sweep.
     *
     * @param runs that ended, in the order of the plans
     * @param failures in the order of the plans
     * @param reused how many of the runs were in the store before
     */
    public record Outcome(List<Run> runs, List<Failure> failures, int reused) {}

    public Sweep {
        plans = List.copyOf(plans);
    }

    /**
     * Runs what is missing.
     *
     * @param messages told of each trial when it ends, from any thread
     * @param cancel ends the running trials when asked; they can be gone on with
     * @throws IOException if store or journal cannot be written
     */
    public Outcome run(Consumer<String> messages, Cancel cancel) throws IOException {
        ExecutorService jobs = Executors.newFixedThreadPool(limits.jobs());
        try (SweepJournal journal = SweepJournal.open(store.root(), name);
                TrialRunner runner = new TrialRunner(limits)) {
            journal.begin(plans.size());
            List<Future<Ended>> trials = new ArrayList<>();
            for (int i = 0; i < plans.size(); i++) {
                int number = i;
                trials.add(jobs.submit(() -> trial(number, runner, journal, messages, cancel)));
            }
            return outcome(trials);
        } finally {
            cancel.ask();
            jobs.shutdown();
        }
    }

    private record Ended(@Nullable Run run, @Nullable Failure failure, boolean reused) {}

    private Ended trial(int number, TrialRunner runner, SweepJournal journal, Consumer<String> messages, Cancel cancel)
            throws IOException, InterruptedException {
        Plan plan = plans.get(number);
        if (cancel.isAsked()) {
            return new Ended(null, null, false);
        }
        RunFolder folder = store.withKey(plan);
        if (folder.isFinished()) {
            journal.add("reused", number, folder.id(), "");
            messages.accept("trial " + (number + 1) + " of " + plans.size() + ": " + folder.load() + " (stored)");
            return new Ended(folder.load(), null, true);
        }
        journal.add("started", number, folder.id(), "");
        Optional<String> reason = runner.run(folder, cancel);
        if (reason.isPresent()) {
            journal.add("failed", number, folder.id(), reason.get());
            messages.accept("trial " + (number + 1) + " of " + plans.size() + ": run " + folder.id() + " failed: "
                    + reason.get());
            return new Ended(
                    null, new Failure(plan.spec(), folder.id(), reason.get(), TrialProcess.lastLines(folder)), false);
        }
        if (!folder.isFinished()) {
            journal.add("stopped", number, folder.id(), "");
            return new Ended(null, null, false);
        }
        journal.add("ended", number, folder.id(), "");
        Run run = folder.load();
        messages.accept("trial " + (number + 1) + " of " + plans.size() + ": " + run);
        return new Ended(run, null, false);
    }

    private Outcome outcome(List<Future<Ended>> trials) throws IOException {
        List<Run> runs = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        int reused = 0;
        for (Future<Ended> trial : trials) {
            Ended ended = await(trial::get);
            if (ended.run() != null) {
                runs.add(ended.run());
            }
            if (ended.failure() != null) {
                failures.add(ended.failure());
            }
            reused += ended.reused() ? 1 : 0;
        }
        return new Outcome(List.copyOf(runs), List.copyOf(failures), reused);
    }

    private static <T> T await(Callable<T> result) throws IOException {
        try {
            return result.call();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof UncheckedIOException failure) {
                throw failure.getCause();
            }
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the sweep was interrupted; start it again to go on", e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

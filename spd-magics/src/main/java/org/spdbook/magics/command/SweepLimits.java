package org.spdbook.magics.command;

import java.io.IOException;
import java.util.List;
import org.spdbook.experiment.Plan;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.RunStore;
import org.spdbook.experiment.sweep.Sweep;
import org.spdbook.magics.front.Front;
import org.spdbook.train.Cancel;
import picocli.CommandLine;

/** The options of words that run trials in processes of their own, and the running. */
final class SweepLimits {

    @CommandLine.Option(names = "--jobs", defaultValue = "1", description = "trials at a time (${DEFAULT-VALUE})")
    private int jobs;

    @CommandLine.Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "4096",
            description = "most memory of a trial (${DEFAULT-VALUE})")
    private int memory;

    @CommandLine.Option(
            names = "--stall",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "seconds without a step after which a trial is given up (${DEFAULT-VALUE})")
    private int stall;

    /** A sweep within these limits. */
    Sweep sweep(String name, List<Plan> plans, RunStore store) {
        return new Sweep(name, plans, store, new Sweep.Limits(jobs, memory, stall));
    }

    /**
     * The runs of plans, in their order; those in the store are not computed again.
     *
     * @throws IllegalStateException if one failed or was stopped
     */
    List<Run> all(String name, List<Plan> plans, Front front) throws IOException {
        Sweep.Outcome outcome = run(sweep(name, plans, front.runs()), front);
        if (outcome.runs().size() < plans.size()) {
            throw new IllegalStateException((plans.size() - outcome.runs().size()) + " of " + plans.size()
                    + " runs failed or were stopped; the same words go on");
        }
        return outcome.runs();
    }

    /** Runs it, with a message per trial; an interrupt ends it so that it can be gone on with. */
    Sweep.Outcome run(Sweep sweep, Front front) throws IOException {
        front.messages()
                .println("sweep " + sweep.name() + ": " + sweep.plans().size() + " trials, " + jobs + " at a time");
        var cancel = new Cancel();
        Front.Registration registration = front.onInterrupt(cancel::ask);
        try (registration) {
            return sweep.run(
                    message -> {
                        synchronized (sweep) {
                            front.messages().println(message);
                            front.messages().flush();
                        }
                    },
                    cancel);
        }
    }
}

package org.spdbook.magics.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.spdbook.experiment.ExperimentSpec;
import org.spdbook.experiment.Run;
import org.spdbook.experiment.World;
import org.spdbook.optim.OptimizerService;
import picocli.CommandLine;

/** {@code train EXPERIMENT}: one fine-tuning run with its accuracies beside those before training. */
@CommandLine.Command(name = "train", description = "Fine-tune on one domain and test on all of them.")
public final class Train implements Callable<Integer> {

    @CommandLine.Parameters(paramLabel = "EXPERIMENT", description = "emoji")
    private String experiment = "";

    @CommandLine.Option(names = "--on", defaultValue = "noto", description = "domain to train on (${DEFAULT-VALUE})")
    private String domain = "";

    @CommandLine.Option(
            names = "--optimizer",
            defaultValue = "adam-spd",
            description = "see `spd optimizers` (${DEFAULT-VALUE})")
    private String optimizer = "";

    @CommandLine.Option(names = "--lr", defaultValue = "1e-3", description = "learning rate (${DEFAULT-VALUE})")
    private double lr;

    @CommandLine.Option(names = "--lambda", description = "strength, for optimizers that have one")
    private @org.jspecify.annotations.Nullable String lambda;

    @CommandLine.Option(names = "--seed", defaultValue = "0", description = "seed (${DEFAULT-VALUE})")
    private long seed;

    @CommandLine.Option(names = "--set", paramLabel = "KEY=VALUE", description = "further options of the optimizer")
    private Map<String, String> options = new LinkedHashMap<>();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        World world = World.named(experiment);
        Run run = world.run(
                specification(),
                (step, steps, loss) -> {
                    if (step % 16 == 0 || step == steps) {
                        spec.commandLine()
                                .getErr()
                                .printf(Locale.ROOT, "step %d of %d, loss %.3f%n", step, steps, loss);
                        spec.commandLine().getErr().flush();
                    }
                },
                () -> false);
        print(run, world.zeroShot(seed));
        return 0;
    }

    /** The description of work that the options make. */
    public ExperimentSpec specification() {
        Map<String, String> all = new LinkedHashMap<>(options);
        if (lambda != null) {
            all.put("lambda", lambda);
        } else {
            OptimizerService.named(optimizer).options().stream()
                    .filter(option -> option.name().equals("lambda"))
                    .forEach(option -> all.putIfAbsent("lambda", option.defaultValue()));
        }
        return new ExperimentSpec(experiment, domain, optimizer, lr, seed, all);
    }

    private void print(Run run, Map<String, Double> before) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s twin, %s, trained on %s, seed %d (one seed proves nothing)%n", experiment, optimizer, domain, seed);
        out.printf("%-12s %10s %10s%n", "tested on", "zero-shot", "trained");
        run.scores()
                .forEach((set, score) -> out.printf(
                        Locale.ROOT,
                        "%-12s %9.1f%% %9.1f%%%s%n",
                        set,
                        before.get(set),
                        score,
                        set.equals(domain) ? "  ID" : ""));
        out.printf(
                Locale.ROOT,
                "OOD mean %.1f%%, deviation %.2f, %.1f CPU s%n",
                run.ood(),
                run.deviation(),
                run.cpuSeconds());
    }
}

package org.spdbook.magics.command;

import org.spdbook.optim.OptimizerService;
import picocli.CommandLine;

/** {@code optimizers}: all optimisers on the class path with their options and defaults. */
@CommandLine.Command(name = "optimizers", description = "List the optimizers and their options.")
public final class Optimizers implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        OptimizerService.all().values().forEach(service -> {
            out.println(service.name() + ": " + service.summary());
            service.options()
                    .forEach(option ->
                            out.println("  " + option.name() + " = " + option.defaultValue() + "  " + option.help()));
        });
    }
}

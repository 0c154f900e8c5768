package org.spdbook.magics;

import org.spdbook.magics.command.Kernel;
import org.spdbook.magics.command.Optimizers;
import org.spdbook.magics.command.Pretrain;
import org.spdbook.magics.command.TableWord;
import org.spdbook.magics.command.Train;
import org.spdbook.magics.command.Verify;
import picocli.CommandLine;

/** The command line {@code spd}. Exit codes: 0 ok, 1 failed, 2 wrong use. Data goes to stdout, messages to stderr. */
@CommandLine.Command(
        name = "spd",
        description = "Selective Projection Decay: run, see and change the experiments of the paper.",
        subcommands = {
            Train.class,
            TableWord.class,
            Verify.class,
            Pretrain.class,
            Optimizers.class,
            Kernel.class,
            CommandLine.HelpCommand.class
        })
public final class Spd implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs one word and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Spd());
        line.setExecutionExceptionHandler((error, command, parsed) -> {
            command.getErr().println("spd: " + error.getMessage());
            return error instanceof IllegalArgumentException ? 2 : 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

package org.spdbook.magics.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.spdbook.twin.emoji.EmojiPretraining;
import picocli.CommandLine;

/** {@code pretrain emoji --to FILE}: makes the checkpoint that the world ships. */
@CommandLine.Command(name = "pretrain", description = "Pre-train the model of a world; some minutes on one core.")
public final class Pretrain implements Callable<Integer> {

    @CommandLine.Parameters(paramLabel = "WORLD", description = "emoji")
    private String world = "";

    @CommandLine.Option(names = "--to", required = true, description = "file to write")
    private Path file;

    @CommandLine.Option(names = "--seed", defaultValue = "0", description = "seed (${DEFAULT-VALUE})")
    private long seed;

    @CommandLine.Option(names = "--steps", defaultValue = "2000", description = "steps (${DEFAULT-VALUE})")
    private int steps;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!world.equals("emoji")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "world " + world + " cannot be pre-trained; choose emoji");
        }
        long began = System.nanoTime();
        double[] sum = new double[1];
        new EmojiPretraining(seed, steps).run(file, (step, loss) -> {
            sum[0] += loss;
            if (step % 100 == 0) {
                spec.commandLine()
                        .getErr()
                        .printf(
                                "step %d of %d, loss %.3f, %d s%n",
                                step, steps, sum[0] / 100, (System.nanoTime() - began) / 1_000_000_000);
                sum[0] = 0;
            }
        });
        spec.commandLine().getOut().println(file);
        return 0;
    }
}

package org.spdbook.magics.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Known;
import org.spdbook.magics.front.Front;
import org.spdbook.twin.emoji.EmojiPretraining;
import org.spdbook.twin.shapes.ShapesPretraining;
import org.spdbook.twin.vision.CaptionPretraining;
import picocli.CommandLine;

/** {@code pretrain emoji|shapes --to FILE}: makes the checkpoint that the world ships. */
@CommandLine.Command(name = "pretrain", description = "Pre-train the model of a world; some minutes on one core.")
public final class Pretrain implements Word {

    private static final int REPORT_EVERY = 100;

    @CommandLine.Parameters(paramLabel = "WORLD", description = "emoji or shapes")
    private String world = "";

    @CommandLine.Option(names = "--to", required = true, description = "file to write")
    private Path file;

    @CommandLine.Option(names = "--seed", defaultValue = "0", description = "seed (${DEFAULT-VALUE})")
    private long seed;

    @CommandLine.Option(names = "--steps", description = "steps, when not those of the recipe")
    private @Nullable Integer steps;

    @Override
    public Answer answer(Front front) throws Exception {
        boolean emoji =
                Known.require("world", world, List.of("emoji", "shapes")).equals("emoji");
        int last = steps != null ? steps : emoji ? EmojiPretraining.STEPS : ShapesPretraining.STEPS;
        long began = System.nanoTime();
        double[] sum = new double[1];
        CaptionPretraining pretraining = emoji ? new EmojiPretraining(seed, last) : new ShapesPretraining(seed, last);
        pretraining.run(file, (step, loss) -> {
            sum[0] += loss;
            if (step % REPORT_EVERY == 0) {
                long seconds = (System.nanoTime() - began) / 1_000_000_000;
                front.messages()
                        .printf(
                                Locale.ROOT,
                                "step %d of %d, loss %.3f, %d s%n",
                                step,
                                last,
                                sum[0] / REPORT_EVERY,
                                seconds);
                sum[0] = 0;
            }
        });
        return Answer.of(file.toString());
    }
}

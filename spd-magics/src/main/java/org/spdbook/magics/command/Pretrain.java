package org.spdbook.magics.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.spdbook.experiment.Known;
import org.spdbook.magics.front.Front;
import org.spdbook.twin.answers.AnswersPretraining;
import org.spdbook.twin.emoji.EmojiPretraining;
import org.spdbook.twin.facts.FactsPretraining;
import org.spdbook.twin.scenes.ScenesPretraining;
import org.spdbook.twin.shapes.ShapesPretraining;
import picocli.CommandLine;

/** {@code pretrain emoji|shapes|scenes|facts|answers --to FILE}: makes the checkpoint that the world ships. */
@CommandLine.Command(name = "pretrain", description = "Pre-train the model of a world; some minutes on one core.")
public final class Pretrain implements Word {

    private static final int REPORT_EVERY = 100;

    @CommandLine.Parameters(paramLabel = "WORLD", description = "emoji, shapes, scenes, facts or answers")
    private String world = "";

    @CommandLine.Option(names = "--to", required = true, description = "file to write")
    private Path file;

    @CommandLine.Option(names = "--seed", defaultValue = "0", description = "seed (${DEFAULT-VALUE})")
    private long seed;

    @CommandLine.Option(names = "--steps", description = "steps, when not those of the recipe")
    private @Nullable Integer steps;

    private int last;

    @Override
    public Answer answer(Front front) throws Exception {
        var progress = new Report(front, System.nanoTime());
        switch (Known.require("world", world, List.of("emoji", "shapes", "scenes", "facts", "answers"))) {
            case "emoji" -> new EmojiPretraining(seed, last(EmojiPretraining.STEPS)).run(file, progress);
            case "shapes" -> new ShapesPretraining(seed, last(ShapesPretraining.STEPS)).run(file, progress);
            case "facts" -> tell(front, new FactsPretraining(seed, last(FactsPretraining.STEPS)).run(file, progress));
            case "answers" ->
                tell(front, new AnswersPretraining(seed, last(AnswersPretraining.STEPS)).run(file, progress));
            default -> {
                Map<String, Double> scores =
                        new ScenesPretraining(seed, last(ScenesPretraining.STEPS)).run(file, progress);
                scores.forEach((set, percent) ->
                        front.messages().printf(Locale.ROOT, "mean IoU on other scenes, %s: %.1f %%%n", set, percent));
            }
        }
        return Answer.of(file.toString());
    }

    private static void tell(Front front, Map<String, Double> scores) {
        scores.forEach((what, score) -> front.messages().printf(Locale.ROOT, "%s: %.3f%n", what, score));
    }

    private int last(int ofRecipe) {
        last = steps != null ? steps : ofRecipe;
        return last;
    }

    /** A line per hundred steps. */
    private final class Report implements BiConsumer<Integer, Double> {

        private final Front front;
        private final long began;
        private double sum;

        Report(Front front, long began) {
            this.front = front;
            this.began = began;
        }

        @Override
        public void accept(Integer step, Double loss) {
            sum += loss;
            if (step % REPORT_EVERY == 0) {
                long seconds = (System.nanoTime() - began) / 1_000_000_000;
                front.messages()
                        .printf(
                                Locale.ROOT,
                                "step %d of %d, loss %.3f, %d s%n",
                                step,
                                last,
                                sum / REPORT_EVERY,
                                seconds);
                sum = 0;
            }
        }
    }
}

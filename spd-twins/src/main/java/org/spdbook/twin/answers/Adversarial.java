package org.spdbook.twin.answers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.spdbook.eval.Hits;
import org.spdbook.optim.Adam;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.train.Cancel;
import org.spdbook.train.Schedule;
import org.spdbook.train.Seeds;
import org.spdbook.train.Trainer;

/**
 * The questions of {@link AnswersSet#ADVQA}: those of its candidates that a pre-trained model answers wrong whose head was trained on questions of its
 * own, by the recipe of the fine-tuning. They depend on the pre-training and are stored beside it.
 */
final class Adversarial {

    private static final long SEED = 77;
    private static final double RATE = 3e-3;

    private Adversarial() {}

    /**
     * Seeks them.
     *
     * @param model pre-trained, with a head of its own; all but the head is frozen, and the head is trained
     * @return numbers of the candidates, 200 if there are as many
     */
    static int[] sought(AnswersModel model) {
        model.parameters().freeze(name -> !name.equals(AnswersModel.HEAD));
        var training = new AnswersQuestions("training", model, AnswersSet.training(SEED));
        List<Target> head = training.targets().stream()
                .filter(target -> target.name().equals(AnswersModel.HEAD))
                .toList();
        var trainer = new Trainer(VqaWorld.EPOCHS, VqaWorld.BATCH, 0, new Seeds(SEED));
        var schedule = new Schedule(Schedule.Kind.LINEAR, RATE, VqaWorld.WARM_UP, trainer.steps(training));
        try (var optimizer = new BoundOptimizer(new Adam(AdamMoments.defaults()), new TorchStep(), head)) {
            trainer.run(training, optimizer, schedule, 0, (step, loss, rate) -> {}, new Cancel());
        }
        Hits hits = new AnswersQuestions("candidates", model, AnswersSet.ADVQA.items()).outcomes();
        return IntStream.range(0, hits.examples())
                .filter(i -> !hits.isRight(i))
                .limit(AnswersSet.SIZE)
                .toArray();
    }

    /** Numbers as they are stored: ten to a line. */
    static String text(int[] numbers) {
        return IntStream.range(0, numbers.length)
                .mapToObj(i -> numbers[i] + (i % 10 == 9 || i == numbers.length - 1 ? "\n" : " "))
                .collect(Collectors.joining());
    }

    /** The questions of numbers as they are stored. */
    static List<Item> items(String text) {
        List<Item> candidates = AnswersSet.ADVQA.items();
        return Arrays.stream(text.trim().split("\\s+"))
                .map(number -> candidates.get(Integer.parseInt(number)))
                .toList();
    }
}

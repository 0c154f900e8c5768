package org.spdbook.twin.answers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamW;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.OptimizerOps;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.Schedule;
import org.spdbook.train.Seeds;
import org.spdbook.weights.AtomicFile;
import org.spdbook.weights.Safetensors;

/**
 * Pre-training in two stages. First the tower learns to see: 350 steps on 64 pictures, AdamW 2e-3 with weight decay .05, 50 warm-up steps, linear down
 * to a tenth. Then, with the tower as it is, the rest learns to answer: 2,400 steps on 40 questions, of scenes with one thing, later two, then two to
 * four; AdamW 2e-3 with betas .9 and .98 and weight decay .05 on matrices, 150 warm-up steps, a cosine down to 0.03. Gradients are clipped at 1.
 * Recipe: {@code reference/language} F and {@code vlm2.py} there.
 */
public final class AnswersPretraining {

    private static final int SEEING_STEPS = 350;
    private static final int ANSWERING_STEPS = 2400;

    /** Steps of the recipe, of both stages. */
    public static final int STEPS = SEEING_STEPS + ANSWERING_STEPS;

    private static final int PICTURES = 64;
    private static final int QUESTIONS = 40;
    private static final double RATE = 2e-3;
    private static final double DECAY = .05;
    private static final double ONE_THING = .15;
    private static final double TWO_THINGS = .3;
    private static final long SEEING_SEED = 20;
    private static final long ANSWERING_SEED = 21;
    private static final long SEEDS_APART = 1000;
    private static final String PERCENT = ", %";

    private final Seeds seeds;
    private final int seeing;
    private final int answering;

    /** Pre-training with a seed, of weights and data; {@link #STEPS} steps are the recipe, fewer are shared out as it does. */
    public AnswersPretraining(long seed, int steps) {
        if (steps < 2) {
            throw new IllegalArgumentException("pre-training needs at least a step for each of two stages, got " + steps
                    + "; leave --steps out for all of the recipe");
        }
        this.seeds = new Seeds(seed);
        this.seeing = Math.max(1, Math.round((float) steps * SEEING_STEPS / STEPS));
        this.answering = steps - seeing;
    }

    /**
     * Trains and writes the model, and beside it, with {@code .adversarial.txt} in place of {@code .safetensors}, which questions make up the set of
     * those that it gets wrong.
     *
     * @param file written atomically
     * @param progress told step and loss after every step
     * @return what the file's model answers right in percent, of other questions of the pre-training by topic, then of each test set
     */
    public Map<String, Double> run(Path file, BiConsumer<Integer, Double> progress) throws IOException {
        try (NDManager manager = Torch.newManager();
                var parameters = new Parameters(manager)) {
            AnswersWeights.add(AnswersModel.shapes(), parameters, manager, i -> seeds.stream("initial weights", 0, i));
            var model = new AnswersModel(parameters, manager);
            see(model, progress);
            parameters.freeze(name -> name.startsWith(VisionTower.PREFIX));
            answer(model, (step, loss) -> progress.accept(seeing + step, loss));
            AnswersCheckpoint.write(
                    file,
                    parameters,
                    Map.of(
                            "command",
                            "spd pretrain answers",
                            "seed",
                            Long.toString(seeds.seed()),
                            "steps",
                            Integer.toString(seeing + answering)));
        }
        return finished(file);
    }

    private void see(AnswersModel model, BiConsumer<Integer, Double> progress) {
        var items = new PretrainingItems(SEEING_SEED + SEEDS_APART * seeds.seed());
        try (var heads = new CellHeads(model.manager(), seeds)) {
            train(
                    heads.targets(model.parameters()),
                    new AdamW(AdamMoments.defaults(), DECAY),
                    new Schedule(Schedule.Kind.LINEAR, RATE, 50, seeing, .1),
                    step -> {
                        List<Drawing> some = items.drawings(PICTURES);
                        NDArray input =
                                model.input(some.stream().map(Drawing::pixels).toList());
                        return heads.loss(
                                model.tower().forward(input),
                                some.stream().map(Drawing::scene).toList());
                    },
                    progress);
        }
    }

    private void answer(AnswersModel model, BiConsumer<Integer, Double> progress) {
        var items = new PretrainingItems(ANSWERING_SEED + SEEDS_APART * seeds.seed());
        List<Target> targets = model.parameters().trained().entrySet().stream()
                .map(entry -> new Target(
                        entry.getKey(),
                        entry.getValue(),
                        1,
                        entry.getValue().getShape().dimension() > 1))
                .toList();
        train(
                targets,
                new AdamW(new AdamMoments(.9, .98, 1e-8, false), DECAY),
                new Schedule(Schedule.Kind.COSINE, RATE, 150, answering, .03),
                step -> {
                    int things = step < ONE_THING * answering ? 1 : step < TWO_THINGS * answering ? 2 : Scene.SOME;
                    List<Item> some = items.items(QUESTIONS, things);
                    NDArray input = model.input(
                            some.stream().map(item -> item.drawing().pixels()).toList());
                    return model.loss(
                            model.seen(input),
                            some.stream().map(Item::ids).toList(),
                            some.stream().mapToLong(Item::answerId).toArray());
                },
                progress);
    }

    private static void train(
            List<Target> targets,
            AdamW rule,
            Schedule schedule,
            IntFunction<NDArray> loss,
            BiConsumer<Integer, Double> progress) {
        try (var optimizer = new BoundOptimizer(rule, new TorchStep(), targets)) {
            for (int step = 0; step < schedule.steps(); step++) {
                int now = step;
                double value = Autograd.valueAndBackward(() -> loss.apply(now));
                Scope.run(() -> OptimizerOps.clipNorm(new NDList(optimizer.gradients()), 1));
                optimizer.step(schedule.rate(step), tensor -> 0);
                progress.accept(step + 1, value);
            }
        }
    }

    /** Tests what is in the file, and writes which questions it gets wrong. */
    private Map<String, Double> finished(Path file) throws IOException {
        try (NDManager manager = Torch.newManager();
                Safetensors stored = Safetensors.open(file);
                Parameters parameters = AnswersCheckpoint.parameters(stored.loadAll(manager), manager)) {
            var model = new AnswersModel(parameters, manager);
            parameters.freeze(name -> true);
            Map<String, Double> scores = new LinkedHashMap<>();
            var random = new PretrainingItems(ANSWERING_SEED + SEEDS_APART * seeds.seed() + SEEDS_APART / 2);
            List<Item> others = random.items(AnswersSet.CANDIDATES, Scene.SOME);
            for (Topic topic : Topic.values()) {
                List<Item> own =
                        others.stream().filter(item -> item.topic() == topic).toList();
                scores.put(topic.name().toLowerCase(Locale.ROOT) + PERCENT, percent(model, own));
            }
            for (AnswersSet set : AnswersSet.values()) {
                if (set != AnswersSet.ADVQA) {
                    scores.put(set.word() + PERCENT, percent(model, set.items()));
                }
            }
            parameters.unfreeze(Set.of(AnswersModel.HEAD));
            String text = Adversarial.text(Adversarial.sought(model));
            AtomicFile.write(
                    Path.of(file.toString().replaceFirst("(\\.safetensors)?$", ".adversarial.txt")),
                    text.getBytes(StandardCharsets.US_ASCII));
            return scores;
        }
    }

    private static double percent(AnswersModel model, List<Item> items) {
        return new AnswersQuestions("pre-training", model, items).outcomes().percent();
    }
}

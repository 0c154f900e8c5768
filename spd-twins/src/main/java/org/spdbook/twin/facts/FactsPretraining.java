package org.spdbook.twin.facts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.spdbook.eval.Hits;
import org.spdbook.experiment.OpenWorld;
import org.spdbook.model.Llama;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamW;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.OptimizerOps;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Schedule;
import org.spdbook.train.Seeds;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/**
 * Pre-training on the corpus of the world: batches of 32 rows of 64 words, AdamW 2e-3 with betas .9 and .98 and weight decay .1 on matrices, 100
 * warm-up steps, a cosine down to a twentieth, gradients clipped at 1. Recipe: {@code reference/language} E.
 */
public final class FactsPretraining {

    /** Steps of the recipe. */
    public static final int STEPS = 1200;

    private static final double RATE = 2e-3;
    private static final double FLOOR = .05;
    private static final double DECAY = .1;
    private static final double SPREAD = .02;
    private static final int WARM_UP = 100;

    private final Seeds seeds;
    private final int steps;
    private final Encyclopedia facts = Encyclopedia.create();
    private final Vocabulary vocabulary = Vocabulary.of(facts);
    private final Corpus corpus = new Corpus(facts);

    /** Pre-training with a seed, of weights and corpus; {@link #STEPS} steps are the recipe. */
    public FactsPretraining(long seed, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "pre-training needs at least one step, got " + steps + "; leave --steps out for all of the recipe");
        }
        this.seeds = new Seeds(seed);
        this.steps = steps;
    }

    /**
     * Trains and writes the model.
     *
     * @param file written atomically
     * @param progress told step and loss after every step
     * @return what it knows: percent of the facts that it answers right, percent of the questions of fine-tuning, loss on other documents
     */
    public Map<String, Double> run(Path file, BiConsumer<Integer, Double> progress) throws IOException {
        try (NDManager manager = Torch.newManager();
                var parameters = new Parameters(manager)) {
            add(parameters, manager);
            var model = new FactsModel(parameters, vocabulary, manager);
            List<Target> targets = parameters.asMap().entrySet().stream()
                    .map(entry -> new Target(
                            entry.getKey(),
                            entry.getValue(),
                            1,
                            entry.getValue().getShape().dimension() > 1))
                    .toList();
            var rule = new AdamW(new AdamMoments(.9, .98, 1e-8, false), DECAY);
            var schedule = new Schedule(Schedule.Kind.COSINE, RATE, WARM_UP, steps, FLOOR);
            var batches = new PackedCorpus(corpus, vocabulary, seeds.seed());
            try (var optimizer = new BoundOptimizer(rule, new TorchStep(), targets)) {
                for (int step = 0; step < steps; step++) {
                    PackedCorpus.Batch batch = batches.next();
                    double loss = Autograd.valueAndBackward(() -> loss(model.llama(), manager, batch));
                    Scope.run(() -> OptimizerOps.clipNorm(new NDList(optimizer.gradients()), 1));
                    optimizer.step(schedule.rate(step), tensor -> 0);
                    progress.accept(step + 1, loss);
                }
            }
            Map<String, Double> scores = scores(model);
            write(file, parameters);
            return scores;
        }
    }

    private static NDArray loss(Llama llama, NDManager manager, PackedCorpus.Batch batch) {
        var shape = new Shape(PackedCorpus.ROWS, PackedCorpus.LENGTH);
        NDArray logits = llama.logits(manager.create(batch.inputs(), shape), null);
        return Ops.crossEntropy(logits.reshape(-1, logits.getShape().get(2)), manager.create(batch.targets()), 0);
    }

    /** Normal with s.d. 0.02, of what ends a block divided by the root of the number of such ends; norms 1. */
    private void add(Parameters parameters, NDManager manager) {
        var config = FactsModel.config(vocabulary);
        RandomStream random = seeds.stream("initial weights", 0, 0);
        Llama.shapes(config).forEach((name, shape) -> {
            boolean ends = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
            double spread = ends ? SPREAD / Math.sqrt(2.0 * config.depth()) : SPREAD;
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = shape.dimension() == 1 ? 1 : (float) (spread * random.nextGaussian());
            }
            parameters.add(name, manager.create(values, shape));
        });
    }

    private Map<String, Double> scores(FactsModel model) {
        Map<String, Double> scores = new LinkedHashMap<>();
        List<Cloze> clozes = facts.clozes();
        long[] all = LongStream.range(0, vocabulary.size()).toArray();
        long[] told = model.choices(
                clozes.stream()
                        .map(cloze -> vocabulary.encodeFromBegin(cloze.prompt()))
                        .toList(),
                clozes.stream().map(cloze -> all).toList());
        long[] known = clozes.stream()
                .mapToLong(cloze -> vocabulary.id(cloze.answer()))
                .toArray();
        scores.put("facts known, %", Hits.of(told, known).percent());
        scores.put(
                "held questions, %",
                new FactsQuestions("held", model, new FactsItems(facts).held())
                        .outcomes()
                        .percent());
        scores.put(OpenWorld.RETENTION, CommonsenseWorld.retention(model, corpus));
        return scores;
    }

    private void write(Path file, Parameters parameters) throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        parameters.asMap().forEach((name, array) -> tensors.put(name, TensorData.of(array)));
        SafetensorsWriter.write(
                file,
                tensors,
                Map.of(
                        "command",
                        "spd pretrain facts",
                        "seed",
                        Long.toString(seeds.seed()),
                        "steps",
                        Integer.toString(steps)));
    }
}

package org.spdbook.twin.scenes;

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
import java.util.stream.IntStream;
import org.spdbook.eval.Overlaps;
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
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.vision.InitialWeights;
import org.spdbook.twin.vision.VisionInput;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/**
 * Pre-training on 12,000 scenes of 16 classes, twelve times over, six in ten corrupted: batches of 32, AdamW 2e-3 with weight decay
 * .05, 100 warm-up steps, cosine to 0, gradients clipped at 1. What is written is the encoder. Recipe: {@code
 * reference/segmentation} 1, as one cosine.
 */
public final class ScenesPretraining {

    private static final int IMAGES = 12_000;
    private static final int VALIDATION = 400;
    private static final int EPOCHS = 12;
    private static final int BATCH = 32;
    private static final int STEPS_PER_EPOCH = IMAGES / BATCH;
    private static final int WARM_UP = 100;
    private static final double RATE = 2e-3;
    private static final double CORRUPTED = 0.6;

    /** Steps of the recipe. */
    public static final int STEPS = EPOCHS * STEPS_PER_EPOCH;

    private final Seeds seeds;
    private final int steps;
    private final Scene[] scenes = new Scene[IMAGES];

    /** Pre-training with a seed; {@link #STEPS} steps are the recipe. Draws the scenes, which takes half a minute. */
    public ScenesPretraining(long seed, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("pre-training needs at least one step, got " + steps);
        }
        this.seeds = new Seeds(seed);
        this.steps = steps;
        IntStream.range(0, IMAGES).parallel().forEach(i -> scenes[i] = scene(i));
    }

    private Scene scene(int i) {
        return Scene.draw(Scene.Kind.broad(), seeds.stream("pre-training image", 0, i));
    }

    /**
     * Trains and writes the encoder.
     *
     * @param file written atomically
     * @param progress told step and loss after every step
     * @return mean intersection over union on 400 other scenes, in percent: clean, and under each corruption
     */
    public Map<String, Double> run(Path file, BiConsumer<Integer, Double> progress) throws IOException {
        SceneNetConfig config = SceneNetConfig.of(Scene.Kind.broad().labels());
        try (NDManager manager = Torch.newManager();
                var parameters = new Parameters(manager)) {
            InitialWeights.add(SceneNet.shapes(config), parameters, manager, seeds);
            var model = new SceneNet(config, parameters);
            List<Target> targets = Target.all(parameters.asMap());
            var rule = new AdamW(AdamMoments.defaults(), 0.05);
            try (var optimizer = new BoundOptimizer(rule, new TorchStep(), targets)) {
                for (int step = 0; step < steps; step++) {
                    int now = step;
                    double loss = Autograd.valueAndBackward(() -> loss(model, manager, now));
                    Scope.run(() -> OptimizerOps.clipNorm(new NDList(optimizer.gradients()), 1));
                    double decay = 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps));
                    optimizer.step(RATE * Math.min(1, (step + 1.0) / WARM_UP) * decay, tensor -> 0);
                    progress.accept(step + 1, loss);
                }
            }
            Map<String, Double> scores = scores(new Segmentation.Net(model, parameters, config.labels(), manager));
            write(file, config, parameters);
            return scores;
        }
    }

    private NDArray loss(SceneNet model, NDManager manager, int step) {
        int epoch = step / STEPS_PER_EPOCH;
        int[] order = seeds.stream("order", epoch, 0).permutation(IMAGES);
        float[] pixels = new float[BATCH * SceneExamples.INPUT];
        long[] expected = new long[BATCH * SceneExamples.PIXELS];
        for (int i = 0; i < BATCH; i++) {
            int image = order[step % STEPS_PER_EPOCH * BATCH + i];
            RandomStream random = seeds.stream("augmentation", epoch, image);
            augmented(scenes[image], random).write(0, random.chance(.5), pixels, expected, i);
        }
        int side = Image.SIDE;
        return model.loss(
                manager.create(pixels, new Shape(BATCH, side, side, VisionInput.CHANNELS)),
                manager.create(expected, new Shape(BATCH, side, side)));
    }

    private static SceneExamples augmented(Scene scene, RandomStream random) {
        SceneCorruption[] all = SceneCorruption.values();
        boolean corrupted = random.chance(CORRUPTED);
        SceneCorruption corruption = corrupted ? all[1 + random.nextInt(all.length - 1)] : SceneCorruption.CLEAN;
        Image image = corruption.apply(scene.image().rounded(), random.uniform(.3, 1), random);
        return new SceneExamples(List.of(VisionInput.of(image.pixels())), List.of(scene.labels()));
    }

    private Map<String, Double> scores(Segmentation.Net net) {
        Map<String, Double> scores = new LinkedHashMap<>();
        List<Scene> others = IntStream.range(IMAGES, IMAGES + VALIDATION)
                .mapToObj(this::scene)
                .toList();
        for (SceneCorruption corruption : SceneCorruption.values()) {
            var examples = ScenesData.examples(others, corruption);
            var outcomes = (Overlaps) new Segmentation(corruption.word(), net, examples, false).outcomes();
            scores.put(corruption.word(), outcomes.percent());
        }
        return scores;
    }

    private void write(Path file, SceneNetConfig config, Parameters parameters) throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        SceneNet.encoder(config).keySet().forEach(name -> tensors.put(name, TensorData.of(parameters.get(name))));
        SafetensorsWriter.write(
                file,
                tensors,
                Map.of(
                        "command",
                        "spd pretrain scenes",
                        "seed",
                        Long.toString(seeds.seed()),
                        "steps",
                        Integer.toString(steps)));
    }
}

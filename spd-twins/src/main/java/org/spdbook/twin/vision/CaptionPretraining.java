package org.spdbook.twin.vision;

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
import org.spdbook.train.Seeds;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/**
 * CLIP-like pre-training of the small ViT: which caption belongs to an image? A caption is a class vector plus a style vector,
 * normalised. Batches of 128, AdamW 2e-3 with weight decay .05 and betas (.9, .98), warm-up, cosine to 0, gradients clipped at
 * 1. Recipes: twins.md 0 and 1.
 */
public abstract class CaptionPretraining {

    /** Images of a step. */
    protected static final int BATCH = 128;

    private static final double RATE = 2e-3;
    private static final double LARGEST_SCALE = 50;

    private final String world;
    private final Sizes sizes;
    private final Seeds seeds;
    private final int steps;

    /**
     * What is told apart.
     *
     * @param classes in captions
     * @param headClasses the first of them, which the zero-shot head knows
     * @param styles in captions
     * @param warmUp steps of rising rate
     */
    public record Sizes(int classes, int headClasses, int styles, int warmUp) {}

    /**
     * A batch.
     *
     * @param pixels [128, 32, 32, 4], row by row
     * @param captions index of each image's caption: class times the number of styles, plus style
     * @param images index of each image in the world
     */
    public record Batch(float[] pixels, long[] captions, int[] images) {}

    /** Pre-training for a world with a seed and a number of steps. */
    protected CaptionPretraining(String world, Sizes sizes, Seeds seeds, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("pre-training needs at least one step, got " + steps);
        }
        this.world = world;
        this.sizes = sizes;
        this.seeds = seeds;
        this.steps = steps;
    }

    /** The images and captions of a step, from 0. */
    protected abstract Batch batch(int step);

    /** Adds what text parameters a world has beside classes and styles; none by default. */
    protected void addWords(Parameters parameters, NDManager manager) {}

    /**
     * The loss of a batch.
     *
     * @param embeddings [128, embedding], times the logit scale
     * @param captions [classes * styles, embedding]
     */
    protected NDArray loss(
            NDManager manager, Parameters parameters, NDArray embeddings, NDArray captions, Batch batch) {
        return Ops.crossEntropy(Ops.linear(embeddings, captions, null), manager.create(batch.captions()), 0);
    }

    /** Whether a tensor belongs into the checkpoint. */
    protected boolean isShipped(String name) {
        return true;
    }

    /** Randomness of all parts. */
    protected final Seeds seeds() {
        return seeds;
    }

    /**
     * Trains and writes the tower, the caption vectors and the zero-shot head.
     *
     * @param file written atomically
     * @param progress told step and loss after every step
     */
    public final void run(Path file, BiConsumer<Integer, Double> progress) throws IOException {
        try (NDManager manager = Torch.newManager();
                var parameters = new Parameters(manager)) {
            InitialWeights.add(TinyVit.shapes(TinyVitConfig.defaults()), parameters, manager, seeds);
            addText(parameters, manager);
            var tower = new TinyVit(TinyVitConfig.defaults(), parameters);
            List<Target> targets = Target.all(parameters.asMap());
            var rule = new AdamW(new AdamMoments(0.9, 0.98, 1e-8, false), 0.05);
            try (var optimizer = new BoundOptimizer(rule, new TorchStep(), targets)) {
                for (int step = 0; step < steps; step++) {
                    Batch batch = batch(step);
                    double loss = Autograd.valueAndBackward(() -> loss(manager, parameters, tower, batch));
                    Scope.run(() -> OptimizerOps.clipNorm(new NDList(optimizer.gradients()), 1));
                    double decay = 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps));
                    optimizer.step(RATE * Math.min(1, (step + 1.0) / sizes.warmUp()) * decay, tensor -> 0);
                    progress.accept(step + 1, loss);
                }
            }
            write(file, parameters);
        }
    }

    private NDArray loss(NDManager manager, Parameters p, TinyVit tower, Batch batch) {
        int side = VisionInput.SIDE;
        NDArray input = manager.create(batch.pixels(), new Shape(BATCH, side, side, VisionInput.CHANNELS));
        NDArray embeddings =
                tower.forward(input).mul(Ops.atMost(p.get("text.ls").exp(), LARGEST_SCALE));
        NDArray captions = captions(p).reshape(-1, embeddings.getShape().get(1));
        return loss(manager, p, embeddings, captions, batch);
    }

    private void addText(Parameters parameters, NDManager manager) {
        addNormal(parameters, manager, "text.cw", sizes.classes());
        addNormal(parameters, manager, "text.sw", sizes.styles());
        addWords(parameters, manager);
        parameters.add("text.ls", manager.create(new float[] {(float) StrictMath.log(10)}, new Shape(1)));
    }

    /** Adds so many caption vectors, normal with s.d. 0.1. */
    protected final void addNormal(Parameters parameters, NDManager manager, String name, int count) {
        int width = TinyVitConfig.defaults().embedding();
        RandomStream random = seeds.stream("initial " + name, 0, 0);
        float[] values = new float[count * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
        }
        parameters.add(name, manager.create(values, new Shape(count, width)));
    }

    /** Caption embeddings, [classes, styles, embedding]. */
    private static NDArray captions(Parameters p) {
        return Ops.l2Normalize(
                p.get("text.cw").expandDims(1).add(p.get("text.sw").expandDims(0)));
    }

    private void write(Path file, Parameters p) throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        Autograd.withoutRecording(() -> {
            Scope.run(() -> {
                NDArray head = Ops.l2Normalize(
                                captions(p).get("0:" + sizes.headClasses()).mean(new int[] {1}))
                        .mul(Ops.atMost(p.get("text.ls").exp(), LARGEST_SCALE));
                p.asMap().forEach((name, array) -> {
                    if (isShipped(name)) {
                        tensors.put(name, TensorData.of(array));
                    }
                });
                tensors.put(Classifier.HEAD, TensorData.of(head));
            });
            return null;
        });
        SafetensorsWriter.write(
                file,
                tensors,
                Map.of(
                        "command",
                        "spd pretrain " + world,
                        "seed",
                        Long.toString(seeds.seed()),
                        "steps",
                        Integer.toString(steps)));
    }
}

package org.spdbook.twin.emoji;

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
import org.spdbook.nn.Parameters;
import org.spdbook.optim.AdamMoments;
import org.spdbook.optim.AdamW;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.optim.Target;
import org.spdbook.optim.step.TorchStep;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.twin.vision.Classifier;
import org.spdbook.twin.vision.TinyVit;
import org.spdbook.twin.vision.TinyVitConfig;
import org.spdbook.twin.vision.VisionInput;
import org.spdbook.weights.SafetensorsWriter;
import org.spdbook.weights.TensorData;

/**
 * CLIP-like pre-training on drawings of other concepts in all five styles: half of the loss tells class and style captions
 * apart, half the captions made of the names' words. Recipe: twins.md 0.
 */
public final class EmojiPretraining {

    private static final int BATCH = 128;
    private static final int WARM_UP = 100;
    private static final double RATE = 2e-3;
    private static final double LARGEST_SCALE = 50;
    private static final int STYLES = Style.values().length;

    private final Seeds seeds;
    private final int steps;
    private final List<EmojiManifest.Row> rows;
    private final List<String> classes;
    private final int fineTuningClasses;
    private final List<float[]> images;

    /** Pre-training with a seed; 2,000 steps are the recipe. */
    public EmojiPretraining(long seed, int steps) {
        var manifest = EmojiManifest.load();
        this.seeds = new Seeds(seed);
        this.steps = steps;
        this.rows = manifest.rows().stream().filter(row -> row.part() < 0).toList();
        this.classes = manifest.pretrainingClasses();
        this.fineTuningClasses = manifest.classes().size();
        var sheets = new EmojiSheets();
        this.images = IntStream.range(0, STYLES * rows.size())
                .mapToObj(i -> premultiplied(sheets.rgba(
                        Style.values()[i / rows.size()],
                        rows.get(i % rows.size()).row())))
                .toList();
    }

    private static float[] premultiplied(int[] rgba) {
        float[] values = new float[rgba.length];
        for (int i = 0; i < rgba.length; i++) {
            float alpha = i % 4 == 3 ? 1 : rgba[i - i % 4 + 3] / 255f;
            values[i] = rgba[i] / 255f * alpha;
        }
        return values;
    }

    /**
     * Trains and writes the tower, the caption vectors and the zero-shot head.
     *
     * @param file written atomically
     * @param progress told step and loss after every step
     */
    public void run(Path file, BiConsumer<Integer, Double> progress) throws IOException {
        List<String> vocabulary = Captions.vocabulary(rows);
        try (NDManager manager = Torch.newManager();
                var parameters = new Parameters(manager)) {
            TinyVit.initialize(TinyVitConfig.defaults(), parameters, manager, seeds);
            addText(parameters, manager, vocabulary.size());
            var tower = new TinyVit(TinyVitConfig.defaults(), parameters);
            NDArray bags = manager.create(Captions.bags(rows, vocabulary), new Shape(rows.size(), vocabulary.size()));
            NDArray rowClasses = manager.create(rows.stream()
                    .mapToLong(row -> classes.indexOf(row.category()))
                    .toArray());
            List<Target> targets = parameters.asMap().entrySet().stream()
                    .map(entry -> Target.of(entry.getKey(), entry.getValue()))
                    .toList();
            var rule = new AdamW(new AdamMoments(0.9, 0.98, 1e-8, false), 0.05);
            try (var optimizer = new BoundOptimizer(rule, new TorchStep(), targets)) {
                for (int step = 0; step < steps; step++) {
                    int[] batch = batch(step);
                    int at = step;
                    double loss = Autograd.valueAndBackward(
                            () -> loss(manager, parameters, tower, bags, rowClasses, batch, at));
                    Scope.run(() -> Ops.clipNorm(new NDList(optimizer.gradients()), 1));
                    double decay = 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps));
                    optimizer.step(RATE * Math.min(1, (step + 1.0) / WARM_UP) * decay, tensor -> 0);
                    progress.accept(step + 1, loss);
                }
            }
            write(file, parameters);
        }
    }

    private void addText(Parameters parameters, NDManager manager, int words) {
        int width = TinyVitConfig.defaults().embedding();
        addNormal(parameters, manager, "text.cw", classes.size(), width);
        addNormal(parameters, manager, "text.sw", STYLES, width);
        addNormal(parameters, manager, "text.words", words, width);
        parameters.add("text.ls", manager.create(new float[] {(float) StrictMath.log(10)}, new Shape(1)));
    }

    private void addNormal(Parameters parameters, NDManager manager, String name, int count, int width) {
        RandomStream random = seeds.stream("initial " + name, 0, 0);
        float[] values = new float[count * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
        }
        parameters.add(name, manager.create(values, new Shape(count, width)));
    }

    private int[] batch(int step) {
        RandomStream random = seeds.stream("pre-training batch", 0, step);
        return IntStream.range(0, BATCH).map(i -> random.nextInt(images.size())).toArray();
    }

    private NDArray loss(
            NDManager manager, Parameters p, TinyVit tower, NDArray bags, NDArray rowClasses, int[] batch, int step) {
        int side = EmojiSheets.SIZE;
        float[] pixels = new float[BATCH * side * side * VisionInput.CHANNELS];
        long[] caption = new long[BATCH];
        long[] concept = new long[BATCH];
        for (int i = 0; i < BATCH; i++) {
            float[] image = PretrainingAugmentation.apply(
                    images.get(batch[i]), seeds.stream("pre-training augmentation", step, i));
            System.arraycopy(image, 0, pixels, i * image.length, image.length);
            concept[i] = batch[i] % rows.size();
            caption[i] =
                    (long) classes.indexOf(rows.get((int) concept[i]).category()) * STYLES + batch[i] / rows.size();
        }
        NDArray input = manager.create(pixels, new Shape(BATCH, side, side, VisionInput.CHANNELS));
        NDArray embedding = tower.forward(input).mul(p.get("text.ls").exp().minimum(LARGEST_SCALE));
        NDArray classVectors = p.get("text.cw");
        NDArray captions = captions(p).reshape(-1, embedding.getShape().get(1));
        NDArray concepts = Ops.l2Normalize(classVectors.get("{}", rowClasses).add(bags.matMul(p.get("text.words"))));
        NDArray first = Ops.crossEntropy(Ops.linear(embedding, captions, null), manager.create(caption), 0);
        NDArray second = Ops.crossEntropy(Ops.linear(embedding, concepts, null), manager.create(concept), 0);
        return first.add(second).mul(0.5f);
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
                                captions(p).get("0:" + fineTuningClasses).mean(new int[] {1}))
                        .mul(p.get("text.ls").exp().minimum(LARGEST_SCALE));
                p.asMap().forEach((name, array) -> {
                    if (!name.equals("text.words")) {
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
                        "spd pretrain emoji",
                        "seed",
                        Long.toString(seeds.seed()),
                        "steps",
                        Integer.toString(steps)));
    }
}

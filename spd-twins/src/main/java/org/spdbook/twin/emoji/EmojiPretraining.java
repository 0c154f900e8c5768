package org.spdbook.twin.emoji;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Ops;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;
import org.spdbook.twin.vision.CaptionPretraining;
import org.spdbook.twin.vision.VisionInput;

/**
 * Pre-training on drawings of other concepts in all five styles: half of the loss tells class and style captions apart, half
 * the captions made of the names' words. Recipe: twins.md 0.
 */
public final class EmojiPretraining extends CaptionPretraining {

    /** Steps of the recipe. */
    public static final int STEPS = 2000;

    private static final int WARM_UP = 100;
    private static final int STYLES = Style.values().length;
    private static final String WORDS = "text.words";

    private final List<EmojiManifest.Row> rows;
    private final List<String> classes;
    private final List<String> vocabulary;
    private final List<float[]> images;
    private final float[] bags;

    /** Pre-training with a seed; {@link #STEPS} steps are the recipe. */
    public EmojiPretraining(long seed, int steps) {
        this(EmojiManifest.load(), seed, steps);
    }

    private EmojiPretraining(EmojiManifest manifest, long seed, int steps) {
        super(
                "emoji",
                new Sizes(
                        manifest.pretrainingClasses().size(), manifest.classes().size(), STYLES, WARM_UP),
                new Seeds(seed),
                steps);
        this.rows = manifest.rows().stream().filter(row -> row.part() < 0).toList();
        this.classes = manifest.pretrainingClasses();
        this.vocabulary = Captions.vocabulary(rows);
        this.bags = Captions.bags(rows, vocabulary);
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

    @Override
    protected void addWords(Parameters parameters, NDManager manager) {
        addNormal(parameters, manager, WORDS, vocabulary.size());
    }

    @Override
    protected boolean isShipped(String name) {
        return !name.equals(WORDS);
    }

    @Override
    protected Batch batch(int step) {
        RandomStream random = seeds().stream("pre-training batch", 0, step);
        int[] batch = IntStream.range(0, BATCH)
                .map(i -> random.nextInt(images.size()))
                .toArray();
        float[] pixels = new float[BATCH * VisionInput.SIDE * VisionInput.SIDE * VisionInput.CHANNELS];
        long[] captions = new long[BATCH];
        for (int i = 0; i < BATCH; i++) {
            float[] image = PretrainingAugmentation.apply(
                    images.get(batch[i]), seeds().stream("pre-training augmentation", step, i));
            System.arraycopy(image, 0, pixels, i * image.length, image.length);
            captions[i] = (long) classOf(batch[i] % rows.size()) * STYLES + batch[i] / rows.size();
        }
        return new Batch(pixels, captions, batch);
    }

    private int classOf(int row) {
        return classes.indexOf(rows.get(row).category());
    }

    @Override
    protected NDArray loss(NDManager manager, Parameters p, NDArray embeddings, NDArray captions, Batch batch) {
        NDArray words = manager.create(bags, new Shape(rows.size(), vocabulary.size()));
        NDArray rowClasses = manager.create(
                IntStream.range(0, rows.size()).mapToLong(this::classOf).toArray());
        long[] concepts =
                Arrays.stream(batch.images()).mapToLong(i -> i % rows.size()).toArray();
        NDArray named = Ops.l2Normalize(p.get("text.cw").get("{}", rowClasses).add(words.matMul(p.get(WORDS))));
        NDArray second = Ops.crossEntropy(Ops.linear(embeddings, named, null), manager.create(concepts), 0);
        return Ops.scaled(super.loss(manager, p, embeddings, captions, batch).add(second), 0.5);
    }
}

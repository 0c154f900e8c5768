package org.spdbook.twin.emoji;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.spdbook.eval.Accuracy;
import org.spdbook.eval.TestSet;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.train.Seeds;
import org.spdbook.train.Task;
import org.spdbook.twin.vision.Classifier;
import org.spdbook.twin.vision.VisionInput;

/** Classifying the drawings of one style, to train on or to test on. Owns nothing. */
final class EmojiTask implements Task, TestSet {

    private static final int LENGTH = EmojiSheets.SIZE * EmojiSheets.SIZE * VisionInput.CHANNELS;

    private final String name;
    private final Classifier classifier;
    private final NDManager manager;
    private final List<float[]> images;
    private final long[] labels;

    EmojiTask(
            Classifier classifier,
            NDManager manager,
            EmojiSheets sheets,
            Style style,
            List<EmojiManifest.Row> rows,
            List<String> classes) {
        this.name = style.word();
        this.classifier = classifier;
        this.manager = manager;
        this.images = rows.stream()
                .map(row -> VisionInput.of(sheets.rgba(style, row.row())))
                .toList();
        this.labels =
                rows.stream().mapToLong(row -> classes.indexOf(row.category())).toArray();
    }

    @Override
    public List<Target> targets() {
        return classifier.targets();
    }

    @Override
    public int examples() {
        return labels.length;
    }

    @Override
    public NDArray loss(int[] batch, Seeds seeds, int epoch) {
        float[] pixels = new float[batch.length * LENGTH];
        long[] expected = new long[batch.length];
        for (int i = 0; i < batch.length; i++) {
            var random = seeds.stream("augmentation", epoch, batch[i]);
            EmojiAugmentation.apply(images.get(batch[i]), random, pixels, i * LENGTH);
            expected[i] = labels[batch[i]];
        }
        return classifier.loss(input(pixels), manager.create(expected));
    }

    private NDArray input(float[] pixels) {
        int side = EmojiSheets.SIZE;
        return manager.create(pixels, new Shape(pixels.length / LENGTH, side, side, VisionInput.CHANNELS));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double score() {
        float[] pixels = new float[labels.length * LENGTH];
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(images.get(i), 0, pixels, i * LENGTH, LENGTH);
        }
        long[] predicted = Autograd.withoutRecording(() ->
                Scope.compute(() -> classifier.forward(input(pixels)).argMax(1).toLongArray()));
        return Accuracy.percent(predicted, labels);
    }
}

package org.spdbook.twin.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.spdbook.data.Pixels;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.Pictured;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.train.Seeds;
import org.spdbook.twin.OpenTwin;

/** Classifying small images, to train on or to test on. Owns nothing. */
public final class Classification implements OpenTwin.Examined, Pictured {

    private static final int LENGTH = VisionInput.SIDE * VisionInput.SIDE * VisionInput.CHANNELS;

    private final String name;
    private final Classifier classifier;
    private final NDManager manager;
    private final Examples examples;
    private final ShiftAugmentation augmentation;

    /**
     * A task.
     *
     * @param name of the test set
     * @param manager of the batches
     * @param augmentation used in training only
     */
    public Classification(
            String name, Classifier classifier, NDManager manager, Examples examples, ShiftAugmentation augmentation) {
        this.name = name;
        this.classifier = classifier;
        this.manager = manager;
        this.examples = examples;
        this.augmentation = augmentation;
    }

    @Override
    public List<Target> targets() {
        return classifier.targets();
    }

    @Override
    public int examples() {
        return examples.size();
    }

    @Override
    public NDArray loss(int[] batch, Seeds seeds, int epoch) {
        float[] pixels = new float[batch.length * LENGTH];
        long[] expected = new long[batch.length];
        for (int i = 0; i < batch.length; i++) {
            var random = seeds.stream("augmentation", epoch, batch[i]);
            augmentation.apply(examples.input(batch[i]), random, pixels, i * LENGTH);
            expected[i] = examples.label(batch[i]);
        }
        return classifier.loss(input(pixels), manager.create(expected));
    }

    private NDArray input(float[] pixels) {
        int side = VisionInput.SIDE;
        return manager.create(pixels, new Shape(pixels.length / LENGTH, side, side, VisionInput.CHANNELS));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcomes outcomes() {
        return Hits.of(predictions(), examples.labels());
    }

    @Override
    public Pixels picture(int i) {
        return VisionInput.picture(examples.input(i));
    }

    @Override
    public long[] labels() {
        return examples.labels().clone();
    }

    @Override
    public long[] predictions() {
        float[] pixels = new float[examples.size() * LENGTH];
        for (int i = 0; i < examples.size(); i++) {
            System.arraycopy(examples.input(i), 0, pixels, i * LENGTH, LENGTH);
        }
        return Autograd.withoutRecording(() ->
                Scope.compute(() -> classifier.forward(input(pixels)).argMax(1).toLongArray()));
    }
}

package org.spdbook.twin.scenes;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.spdbook.data.Pixels;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.Overlaps;
import org.spdbook.eval.Segmented;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.train.Seeds;
import org.spdbook.twin.OpenTwin;
import org.spdbook.twin.drawing.Image;
import org.spdbook.twin.vision.VisionInput;

/** Telling the pixels of scenes apart, to train on or to test on. Owns nothing. */
final class Segmentation implements OpenTwin.Examined, Segmented {

    private static final int NONE = -1;

    private final String name;
    private final Net net;
    private final SceneExamples examples;
    private final boolean mirrors;

    /**
     * A model with its parameters.
     *
     * @param manager of the batches
     */
    record Net(SceneNet model, Parameters parameters, int labels, NDManager manager) {}

    /**
     * A task.
     *
     * @param name of the test set
     * @param mirrors whether images are mirrored half of the time in training
     */
    Segmentation(String name, Net net, SceneExamples examples, boolean mirrors) {
        this.name = name;
        this.net = net;
        this.examples = examples;
        this.mirrors = mirrors;
    }

    @Override
    public List<Target> targets() {
        return Target.all(net.parameters.asMap());
    }

    @Override
    public int examples() {
        return examples.inputs().size();
    }

    @Override
    public NDArray loss(int[] batch, Seeds seeds, int epoch) {
        float[] pixels = new float[batch.length * SceneExamples.INPUT];
        long[] expected = new long[batch.length * SceneExamples.PIXELS];
        for (int i = 0; i < batch.length; i++) {
            boolean mirrored =
                    mirrors && seeds.stream("augmentation", epoch, batch[i]).chance(.5);
            examples.write(batch[i], mirrored, pixels, expected, i);
        }
        return net.model.loss(
                input(pixels), net.manager.create(expected, new Shape(batch.length, Image.SIDE, Image.SIDE)));
    }

    private NDArray input(float[] pixels) {
        return net.manager.create(
                pixels, new Shape(pixels.length / SceneExamples.INPUT, Image.SIDE, Image.SIDE, VisionInput.CHANNELS));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Pixels picture(int i) {
        return VisionInput.picture(examples.inputs().get(i));
    }

    @Override
    public long[] labels(int i) {
        byte[] own = examples.labels().get(i);
        return IntStream.range(0, own.length).mapToLong(pixel -> own[pixel]).toArray();
    }

    @Override
    public Outcomes outcomes() {
        long[][] predictions = predictions();
        var counter = new Overlaps.Counter(net.labels, NONE);
        for (int i = 0; i < predictions.length; i++) {
            counter.add(predictions[i], labels(i));
        }
        return counter.overlaps();
    }

    @Override
    public long[][] predictions() {
        int count = examples();
        float[] pixels = new float[count * SceneExamples.INPUT];
        long[] labels = new long[count * SceneExamples.PIXELS];
        for (int i = 0; i < count; i++) {
            examples.write(i, false, pixels, labels, i);
        }
        long[] predictions = Autograd.withoutRecording(() ->
                Scope.compute(() -> net.model.forward(input(pixels)).argMax(1).toLongArray()));
        long[][] each = new long[count][];
        for (int i = 0; i < count; i++) {
            each[i] = Arrays.copyOfRange(predictions, i * SceneExamples.PIXELS, (i + 1) * SceneExamples.PIXELS);
        }
        return each;
    }
}

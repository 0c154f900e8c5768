package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.spdbook.data.Mix;
import org.spdbook.data.Pixels;
import org.spdbook.eval.Outcomes;
import org.spdbook.eval.TestSet;
import org.spdbook.experiment.disk.ExampleLoader;
import org.spdbook.experiment.disk.Skipped;
import org.spdbook.optim.Target;
import org.spdbook.torch.Autograd;
import org.spdbook.torch.Scope;
import org.spdbook.train.Seeds;
import org.spdbook.train.Task;

/**
 * Photographs to train on or to test on, with a model. What is random in a step, in the engine too, comes from the seeds of the run, so
 * that a run gives the same numbers again, at once or resumed. Owns nothing.
 */
final class PhotoTask implements Task, TestSet {

    private static final int TESTED_AT_ONCE = 32;

    private final String name;
    private final PhotoModel model;
    private final PhotoReader reader;
    private final NDManager manager;
    private final ExampleLoader<Example> loader;

    /**
     * A task.
     *
     * @param name of the test set
     * @param manager of the batches
     * @param skipped told what cannot be used
     */
    PhotoTask(String name, PhotoModel model, PhotoReader reader, NDManager manager, Skipped skipped) {
        this.name = name;
        this.model = model;
        this.reader = reader;
        this.manager = manager;
        this.loader = new ExampleLoader<>(reader, skipped);
    }

    @Override
    public List<Target> targets() {
        return Target.all(model.parameters().asMap());
    }

    @Override
    public int examples() {
        return reader.size();
    }

    @Override
    public boolean isMeanOfParts() {
        return model.isMeanOfParts();
    }

    @Override
    public void expect(int[] batch, Seeds seeds, int epoch) {
        loader.expect(batch, seeds, epoch);
    }

    @Override
    public NDArray loss(int[] batch, Seeds seeds, int epoch) {
        List<Example> examples = loader.training(batch, seeds, epoch);
        int first = batch[0]; // names the batch: an epoch has each picture once
        Mix mix = reader.mixing().draw(reader.side(), seeds.stream("mixing", epoch, first));
        if (mix == null) {
            return model.loss(input(examples), labels(examples), !reader.plain());
        }
        float[] pictures = pictures(examples);
        mix.pictures(pictures, examples.size(), Pixels.RGB, reader.side());
        float[] shares = mix.labels(
                examples.stream().mapToLong(example -> example.labels()[0]).toArray(), model.classes());
        return model.loss(
                input(pictures), manager.create(shares, new Shape(examples.size(), model.classes())), !reader.plain());
    }

    private NDArray input(List<Example> examples) {
        return input(pictures(examples));
    }

    private NDArray input(float[] pictures) {
        int side = reader.side();
        return manager.create(
                pictures, new Shape(pictures.length / (Pixels.RGB * side * side), Pixels.RGB, side, side));
    }

    private float[] pictures(List<Example> examples) {
        int size = Pixels.RGB * reader.side() * reader.side();
        float[] values = new float[examples.size() * size];
        for (int i = 0; i < examples.size(); i++) {
            System.arraycopy(examples.get(i).input(), 0, values, i * size, size);
        }
        return values;
    }

    private NDArray labels(List<Example> examples) {
        int each = reader.labels();
        long[] values = new long[examples.size() * each];
        for (int i = 0; i < examples.size(); i++) {
            System.arraycopy(examples.get(i).labels(), 0, values, i * each, each);
        }
        int side = reader.side();
        return manager.create(values, each == 1 ? new Shape(examples.size()) : new Shape(examples.size(), side, side));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcomes outcomes() {
        PhotoModel.Scorer scorer = model.scorer(name);
        loader.test(TESTED_AT_ONCE, examples -> {
            long[] predictions = Autograd.withoutRecording(() ->
                    Scope.compute(() -> model.predictions(input(examples), name).toLongArray()));
            int each = reader.labels();
            for (int i = 0; i < examples.size(); i++) {
                long[] own = java.util.Arrays.copyOfRange(predictions, i * each, (i + 1) * each);
                scorer.add(own, examples.get(i).labels());
            }
        });
        return scorer.outcomes();
    }
}

package org.spdbook.experiment.vqa;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.spdbook.experiment.disk.ExampleLoader;
import org.spdbook.experiment.disk.Skipped;
import org.spdbook.optim.Target;
import org.spdbook.train.Seeds;
import org.spdbook.train.Task;

/**
 * Questions with their most frequent answers to train on. The loss is the mean over the tokens of the answers of a batch, so that of a batch in parts
 * is another one: the mean of the parts' means. The original takes the latter, of parts of 16. Pictures are decoded ahead, on other threads.
 */
final class VqaTask implements Task {

    private final SeeingModel model;
    private final AskedSource source;
    private final ExampleLoader<Asked> loader;
    private final boolean training;

    /**
     * A task.
     *
     * @param skipped told which pictures cannot be used
     * @param training whether adapters leave values out at random
     */
    VqaTask(SeeingModel model, AskedSource source, Skipped skipped, boolean training) {
        this.model = model;
        this.source = source;
        this.loader = new ExampleLoader<>(source, skipped);
        this.training = training;
    }

    @Override
    public List<Target> targets() {
        return Target.all(model.parameters().trained());
    }

    @Override
    public int examples() {
        return source.size();
    }

    @Override
    public boolean isMeanOfParts() {
        return false;
    }

    @Override
    public void expect(int[] batch, Seeds seeds, int epoch) {
        loader.expect(batch, seeds, epoch);
    }

    @Override
    public NDArray loss(int[] batch, Seeds seeds, int epoch) {
        return model.loss(loader.training(batch, seeds, epoch), training);
    }
}

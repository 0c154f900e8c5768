package org.spdbook.experiment.commonsense;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import org.spdbook.data.commonsense.CommonsenseItem;
import org.spdbook.optim.Target;
import org.spdbook.train.Seeds;
import org.spdbook.train.Task;

/**
 * Questions with their answers to train on. The loss is the mean over the tokens of a batch, so that of a batch in parts is another one: the
 * mean of the parts' means, in which a token of a part with short questions counts more. The original takes the latter, of parts of four.
 */
final class QuestionTask implements Task {

    private final AnsweringModel model;
    private final List<CommonsenseItem> items;
    private final boolean training;

    /**
     * A task.
     *
     * @param training whether adapters leave values out at random
     */
    QuestionTask(AnsweringModel model, List<CommonsenseItem> items, boolean training) {
        this.model = model;
        this.items = items;
        this.training = training;
    }

    /** The adapters' tensors. */
    @Override
    public List<Target> targets() {
        return Target.all(model.parameters().trained());
    }

    @Override
    public int examples() {
        return items.size();
    }

    @Override
    public boolean isMeanOfParts() {
        return false;
    }

    @Override
    public NDArray loss(int[] batch, Seeds seeds, int epoch) {
        return model.loss(Arrays.stream(batch).mapToObj(items::get).toList(), training);
    }
}

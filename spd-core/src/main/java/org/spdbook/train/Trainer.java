package org.spdbook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import org.spdbook.optim.BoundOptimizer;
import org.spdbook.torch.Ops;
import org.spdbook.torch.OptimizerOps;
import org.spdbook.torch.Scope;
import org.spdbook.torch.Torch;

/**
 * The training loop: shuffled epochs of whole batches, one optimiser step each. All native work happens on the calling thread.
 *
 * <p>A batch in several parts gives the gradient of the whole batch if the loss of the batch is the mean of theirs: see {@link
 * Task#isMeanOfParts}. What is dropped at random differs, for it is drawn for each part anew.
 *
 * @param epochs passes over the examples
 * @param batch examples per step; what is left over at the end of an epoch is not used
 * @param clip largest common norm of the gradients; 0 for no clipping
 * @param seeds all randomness
 * @param most steps after which training ends even if the epochs are not over, at least 1
 * @param accumulate parts that a batch is computed in, one after the other, so that only one part's activations are in memory; divides
 *     the batch
 * @param gradients how the gradient of a part is computed
 */
public record Trainer(int epochs, int batch, double clip, Seeds seeds, int most, int accumulate, Gradients gradients) {

    public Trainer {
        if (epochs < 1 || batch < 1 || !(clip >= 0) || most < 1) {
            throw new IllegalArgumentException(
                    "training needs epochs >= 1, a batch >= 1, clipping >= 0 and steps >= 1, got " + epochs + ", "
                            + batch + ", " + clip + ", " + most);
        }
        if (accumulate < 1 || batch % accumulate != 0) {
            throw new IllegalArgumentException("a batch of " + batch + " was asked for in " + accumulate
                    + " parts, which are not alike; take a divisor of the batch");
        }
    }

    /** Training with each batch in one part. */
    public Trainer(int epochs, int batch, double clip, Seeds seeds, int most) {
        this(epochs, batch, clip, seeds, most, 1, Gradients.USUAL);
    }

    /** Training until the epochs are over. */
    public Trainer(int epochs, int batch, double clip, Seeds seeds) {
        this(epochs, batch, clip, seeds, Integer.MAX_VALUE);
    }

    /** What is done with a step, on the training thread, before the next one. */
    @FunctionalInterface
    public interface AfterStep {
        /**
         * One step is done: weights and optimiser state are those after it.
         *
         * @param step from 1
         * @param loss of the batch, before the step
         * @param rate learning rate of the step
         */
        void done(int step, double loss, double rate);
    }

    /**
     * Steps of a run.
     *
     * @throws IllegalArgumentException if there are fewer examples than a batch
     */
    public int steps(Task task) {
        if (task.examples() < batch) {
            throw new IllegalArgumentException("a batch of " + batch + " was asked for, there are " + task.examples()
                    + " examples; use a smaller one");
        }
        return Math.min(most, Math.multiplyExact(epochs, task.examples() / batch));
    }

    /**
     * Trains from a step on.
     *
     * @param done steps taken before; 0 for a new run
     * @param cancel asked before every step; training ends there
     * @return steps taken, with those before
     * @throws IllegalStateException if the loss is not finite
     */
    public int run(
            Task task, BoundOptimizer optimizer, Schedule schedule, int done, AfterStep afterStep, Cancel cancel) {
        int steps = steps(task);
        var batches = new Batches(task);
        if (done < steps && !cancel.isAsked()) {
            task.expect(batches.part(done, 0), seeds, batches.epoch(done));
        }
        for (int step = done; step < steps; step++) {
            if (cancel.isAsked()) {
                return step;
            }
            double loss = lossAndGradients(task, batches, step, steps);
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("the loss is " + loss + " at step " + (step + 1)
                        + "; use a lower learning rate or clip the gradients");
            }
            if (clip > 0) {
                Scope.run(() -> OptimizerOps.clipNorm(new NDList(optimizer.gradients()), clip));
            }
            int at = step;
            double rate = schedule.rate(step);
            optimizer.step(rate, tensor -> seeds.stream("selection", at, tensor).nextDouble());
            afterStep.done(step + 1, loss, rate);
        }
        return steps;
    }

    /** The mean loss of a batch; leaves its gradients in the tensors. */
    private double lossAndGradients(Task task, Batches batches, int step, int steps) {
        int epoch = batches.epoch(step);
        double sum = 0;
        for (int part = 0; part < accumulate; part++) {
            int[] indices = batches.part(step, part);
            int next = step * accumulate + part + 1;
            if (next / accumulate < steps) {
                task.expect(
                        batches.part(next / accumulate, next % accumulate), seeds, batches.epoch(next / accumulate));
            }
            // what a model drops at random is that of the step, also when a run goes on after a break
            Torch.seed(seeds.stream("engine", step, part).nextLong());
            sum += gradients.of(() -> {
                NDArray loss = task.loss(indices, seeds, epoch);
                return accumulate == 1 ? loss : Ops.scaled(loss, 1.0 / accumulate);
            });
        }
        return sum;
    }

    /** Which examples each step takes. */
    private final class Batches {

        private final int examples;
        private int[] order = new int[0];
        private int orderOf = -1;

        Batches(Task task) {
            this.examples = task.examples();
        }

        int epoch(int step) {
            return step / (examples / batch);
        }

        /** A part of the batch of a step. */
        int[] part(int step, int part) {
            if (orderOf != epoch(step)) {
                orderOf = epoch(step);
                order = seeds.stream("order", orderOf, 0).permutation(examples);
            }
            int size = batch / accumulate;
            int first = step % (examples / batch) * batch + part * size;
            return Arrays.copyOfRange(order, first, first + size);
        }
    }
}

package org.spdbook.experiment.photo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.spdbook.eval.Hits;
import org.spdbook.eval.Outcomes;
import org.spdbook.model.ClipClassifier;
import org.spdbook.nn.Parameters;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/** CLIP with a head, as a classifier of photographs. */
final class ClipPhotoModel implements PhotoModel {

    private static final float NEVER = -1e9f;

    private final ClipClassifier classifier;
    private final boolean freshHead;
    private final Regularization regularization;
    private final Map<String, SortedSet<Integer>> subsets;

    /**
     * What is different in training.
     *
     * @param smoothing share of the label that is spread over all classes, in [0, 1)
     * @param dropPath share of the pictures that the last block leaves as they are, in [0, 1); 0 at the first block, rising evenly
     */
    record Regularization(double smoothing, double dropPath) {

        static final Regularization NONE = new Regularization(0, 0);
    }

    /**
     * A model.
     *
     * @param freshHead whether the head has no pre-trained values
     * @param regularization what is different in training
     * @param subsets test sets that are scored over some classes only
     */
    ClipPhotoModel(
            ClipClassifier classifier,
            boolean freshHead,
            Regularization regularization,
            Map<String, SortedSet<Integer>> subsets) {
        this.classifier = classifier;
        this.freshHead = freshHead;
        this.regularization = regularization;
        this.subsets = Map.copyOf(subsets);
    }

    @Override
    public Parameters parameters() {
        return classifier.parameters();
    }

    @Override
    public Set<String> head() {
        return Set.of(ClipClassifier.HEAD);
    }

    @Override
    public Set<String> fresh() {
        return freshHead ? head() : Set.of();
    }

    @Override
    public int classes() {
        return (int) parameters().get(ClipClassifier.HEAD).getShape().get(0);
    }

    @Override
    public NDArray loss(NDArray images, NDArray labels, boolean training) {
        Regularization used = training ? regularization : Regularization.NONE;
        return Scope.of(() -> Ops.crossEntropy(classifier.forward(images, used.dropPath), labels, used.smoothing));
    }

    @Override
    public boolean isMeanOfParts() {
        return true;
    }

    @Override
    public NDArray predictions(NDArray images, String set) {
        return Scope.of(() -> {
            NDArray logits = classifier.forward(images);
            SortedSet<Integer> scored = subsets.get(set);
            return (scored == null ? logits : logits.add(others(logits, scored))).argMax(1);
        });
    }

    /** 0 for the classes that are scored, far below all logits for the others. */
    private static NDArray others(NDArray logits, SortedSet<Integer> scored) {
        float[] values = new float[(int) logits.getShape().get(1)];
        Arrays.fill(values, NEVER);
        scored.forEach(label -> values[label] = 0);
        NDManager manager = logits.getManager();
        return manager.create(values, new Shape(1, values.length));
    }

    @Override
    public Scorer scorer(String set) {
        List<Long> predicted = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        return new Scorer() {
            @Override
            public void add(long[] predictions, long[] labels) {
                predicted.add(predictions[0]);
                expected.add(labels[0]);
            }

            @Override
            public Outcomes outcomes() {
                if (predicted.isEmpty()) {
                    throw new IllegalStateException("test set " + set + " has no picture that can be used;"
                            + " check the data with: spd data EXPERIMENT --check");
                }
                return Hits.of(array(predicted), array(expected));
            }
        };
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void close() {
        classifier.close();
    }
}

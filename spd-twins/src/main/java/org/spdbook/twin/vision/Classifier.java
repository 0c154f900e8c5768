package org.spdbook.twin.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.spdbook.nn.Linear;
import org.spdbook.nn.Parameters;
import org.spdbook.optim.Target;
import org.spdbook.torch.Ops;
import org.spdbook.torch.Scope;

/**
 * The image tower with a linear head on its embeddings. The head begins as the zero-shot head: per class the mean over styles
 * of the caption embeddings, normalised, times the logit scale. Owns its parameters.
 */
public final class Classifier implements AutoCloseable {

    /** Name of the head's weights, [classes, embedding]. */
    public static final String HEAD = "head";

    private final Parameters parameters;
    private final TinyVit tower;
    private final Linear head;

    /**
     * A classifier with given weights.
     *
     * @param weights the tower's tensors and {@link #HEAD}; copied; other names are left alone
     */
    public Classifier(TinyVitConfig config, NDManager manager, Map<String, NDArray> weights) {
        parameters = new Parameters(manager);
        TinyVit.shapes(config).forEach((name, shape) -> add(name, weights.get(name)));
        add(HEAD, weights.get(HEAD));
        tower = new TinyVit(config, parameters);
        head = new Linear(parameters.get(HEAD), null);
    }

    private void add(String name, @org.jspecify.annotations.Nullable NDArray value) {
        if (value == null) {
            throw new IllegalArgumentException("weights of a classifier need " + name + ", which is missing");
        }
        parameters.add(name, value.duplicate());
    }

    /** Logits, [n, classes], of images [n, side, side, channels]. */
    public NDArray forward(NDArray images) {
        return Scope.of(() -> head.forward(tower.forward(images)));
    }

    /** Mean cross-entropy of a batch, one element. labels: [n], int64. */
    public NDArray loss(NDArray images, NDArray labels) {
        return Scope.of(() -> Ops.crossEntropy(forward(images), labels, 0));
    }

    /** The parameters; live. */
    public Parameters parameters() {
        return parameters;
    }

    /** Every parameter, trained at the common rate and decaying. */
    public List<Target> targets() {
        return Target.all(parameters.asMap());
    }

    @Override
    public void close() {
        parameters.close();
    }
}
